// The company: who works there and where, and what its admin sets up.
import type {
  UserRecord,
  OfficeRecord,
  DepartmentRecord,
  SourceRecord,
  RejectionReasonRecord,
  CloseReasonRecord,
  CustomFieldRecord,
} from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes a member of the hiring company. Of addresses that are told without a primary one, the first is the primary one. */
export function makeUser(kit: Kit, domain: string, overrides: Partial<UserRecord> = {}): UserRecord {
  const first_name = overrides.first_name ?? kit.chance.person.firstName();
  const last_name = overrides.last_name ?? kit.chance.person.lastName();
  const default_email_address = `${mailbox(first_name)}.${mailbox(last_name)}@${domain}`;
  const primary_email_address =
    overrides.primary_email_address ?? overrides.emails?.[0] ?? default_email_address;
  const created_at = overrides.created_at ?? kit.ago(kit.chance.number.int({ min: 500, max: 900 }));
  return {
    id: kit.identifiers.next('user'),
    first_name,
    last_name,
    employee_id: `E${kit.chance.string.numeric({ length: 4, allowLeadingZeros: false })}`,
    primary_email_address,
    emails: [primary_email_address],
    disabled: false,
    site_admin: false,
    linked_candidate_ids: [],
    office_ids: [],
    department_ids: [],
    updated_at: created_at,
    deleted_at: null,
    ...overrides,
    created_at,
  };
}

/** A name as the local part of an address: plain lower-case letters. */
export function mailbox(name: string): string {
  const plain = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll(/[^a-z0-9]/g, '');
  return plain || 'mail';
}

/** Makes an office; `location_name` is the text that Gem sends as its location. */
export function makeOffice(
  kit: Kit,
  overrides: Partial<OfficeRecord> & Pick<OfficeRecord, 'name' | 'location_name'>,
): OfficeRecord {
  return {
    id: kit.identifiers.next('office'),
    parent_id: null,
    parent_office_external_id: null,
    child_office_external_ids: [],
    created_at: kit.ago(1000),
    deleted_at: null,
    ...overrides,
  };
}

/** Makes a department. */
export function makeDepartment(
  kit: Kit,
  overrides: Partial<DepartmentRecord> & Pick<DepartmentRecord, 'name'>,
): DepartmentRecord {
  return {
    id: kit.identifiers.next('department'),
    parent_id: null,
    parent_department_external_id: null,
    child_department_external_ids: [],
    created_at: kit.ago(1000),
    deleted_at: null,
    ...overrides,
  };
}

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
