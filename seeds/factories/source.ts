import type { SourceRecord } from '../records.ts';
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
