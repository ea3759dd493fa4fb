import type { SourceRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes a source: a channel that applications come from. */
export function makeSource(
  kit: Kit,
  overrides: Partial<SourceRecord> & Pick<SourceRecord, 'public_name' | 'type'>,
): SourceRecord {
  return { id: kit.identifiers.next('source'), created_at: kit.ago(1000), deleted_at: null, ...overrides };
}

/** The sources that every Gem account starts with (gem-ats-api §9). */
export const defaultSources = [
  { public_name: 'Company career site', type: 'company_marketing' },
  { public_name: 'Gem Sequence', type: 'prospecting' },
  { public_name: 'Github', type: 'social_media' },
  { public_name: 'Indeed', type: 'third_party_boards' },
  { public_name: 'Internal candidate', type: 'other' },
  { public_name: 'LinkedIn Basic Jobs', type: 'third_party_boards' },
  { public_name: 'Referral', type: 'referrals' },
] as const;
