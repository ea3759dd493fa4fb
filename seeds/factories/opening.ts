import type { JobRecord, OpeningRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes an opening, a seat to be filled: open, and of the job if there is one (gem-ats-api §3.10). */
export function makeOpening(
  kit: Kit,
  job: JobRecord | undefined,
  overrides: Partial<OpeningRecord> = {},
): OpeningRecord {
  const created_at = overrides.created_at ?? job?.opened_at ?? job?.created_at ?? kit.ago(60);
  return {
    id: kit.identifiers.next('opening'),
    job_id: job?.id ?? null,
    opening_id: `OPEN-${kit.chance.string.numeric({ length: 4, allowLeadingZeros: false })}`,
    status: 'open',
    opened_at: created_at,
    closed_at: overrides.status === 'closed' ? kit.ago(1) : null,
    application_id: null,
    close_reason_id: null,
    target_hire_date: kit.dateAgo(-30),
    target_start_date: kit.dateAgo(-60),
    custom_fields: {},
    deleted_at: null,
    ...overrides,
    created_at,
  };
}
