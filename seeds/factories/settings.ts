// What an admin of the account sets up: sources, reasons, custom fields.
import type {
  SourceRecord,
  RejectionReasonRecord,
  CloseReasonRecord,
  CustomFieldRecord,
} from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes sources: channels that applications come from. Those of one kind share its type. */
export function makeSources(
  kit: Kit,
  sources: readonly { public_name: string; type: string }[],
): SourceRecord[] {
  const types = new Map<string, SourceRecord['type']>();
  return sources.map(({ public_name, type: name }) => {
    const type = types.get(name) ?? { id: kit.identifiers.next('source_type'), name };
    types.set(name, type);
    return {
      id: kit.identifiers.next('source'),
      public_name,
      type,
      created_at: kit.ago(1000),
      deleted_at: null,
    };
  });
}

/** The sources that every Gem account starts with (gem-ats-api §9). */
export const defaultSources = [
  { public_name: 'Company career site', type: 'Company marketing' },
  { public_name: 'Gem Sequence', type: 'Prospecting' },
  { public_name: 'Github', type: 'Social media' },
  { public_name: 'Indeed', type: 'Third-party boards' },
  { public_name: 'Internal candidate', type: 'Other' },
  { public_name: 'LinkedIn Basic Jobs', type: 'Third-party boards' },
  { public_name: 'Referral', type: 'Referrals' },
] as const;

/** Makes the default rejection reasons, in the two groups that Gem knows: ours and the candidate's (gem-ats-api §9). */
export function makeRejectionReasons(kit: Kit): RejectionReasonRecord[] {
  return rejectionReasons.flatMap((group) => {
    const type = { id: kit.identifiers.next('rejection_type'), name: group.name };
    return group.reasons.map((name) => ({
      id: kit.identifiers.next('rejection_reason'),
      name,
      type,
      created_at: kit.ago(1000),
      deleted_at: null,
    }));
  });
}

const rejectionReasons = [
  {
    name: 'We rejected them',
    reasons: ['Lacking skills or qualifications', 'Not a culture fit', 'Hired another candidate'],
  },
  { name: 'They rejected us', reasons: ['Compensation expectations', 'Took another job', 'Withdrew'] },
];

/** Makes the close reasons that every Gem account starts with (gem-ats-api §9). */
export function makeCloseReasons(kit: Kit): CloseReasonRecord[] {
  return ['Cancelled', 'Filled', 'On hold'].map((name) => ({
    id: kit.identifiers.next('close_reason'),
    name,
    created_at: kit.ago(1000),
    deleted_at: null,
  }));
}

/** Makes the definition of a custom field: optional and seen by all unless the overrides say otherwise. */
export function makeCustomField(
  kit: Kit,
  overrides: Partial<Omit<CustomFieldRecord, 'options'>> &
    Pick<CustomFieldRecord, 'field_type' | 'name' | 'value_type'> & { options?: readonly string[] },
): CustomFieldRecord {
  const { options = [], ...given } = overrides;
  return {
    id: kit.identifiers.next('custom_field'),
    active: true,
    private: false,
    required: false,
    created_at: kit.ago(900),
    deleted_at: null,
    ...given,
    options: options.map((name) => ({ id: kit.identifiers.next('custom_field_option'), name })),
  };
}
