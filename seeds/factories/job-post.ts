import type { JobPostRecord, JobRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes a job post: external, listed and live unless the overrides say otherwise. */
export function makeJobPost(kit: Kit, job: JobRecord, overrides: Partial<JobPostRecord> = {}): JobPostRecord {
  const created_at = overrides.created_at ?? job.created_at;
  const title = overrides.title ?? job.name.trim();
  return {
    id: kit.identifiers.next('job_post'),
    job_id: job.id,
    title,
    active: true,
    live: true,
    internal: false,
    external: true,
    listed: true,
    first_published_at: created_at,
    content: `<p>${title}: ${kit.chance.company.catchPhrase()}.</p><ul><li>${kit.chance.company.buzzPhrase()}</li></ul>`,
    internal_content: null,
    updated_at: created_at,
    deleted_at: null,
    ...overrides,
    created_at,
  };
}
