// Acts on people who have applied.
import type { CaseRecord } from '../case.ts';

/** Somebody with an application to a job that has three stages and is in the first of them. */
export const applicant = {
  jobs: [{ as: 'job-1', name: 'Lens Grinder' }],
  job_stages: ['Screening', 'Trial Day', 'Offer'].map((name, index) => ({
    as: `stage-${index + 1}`,
    job_id: 'job-1',
    name,
    priority: index,
  })),
  candidates: [{ as: 'person-1' }],
  applications: [
    { as: 'application-1', candidate_id: 'person-1', job_id: 'job-1', current_stage_id: 'stage-1' },
  ],
} satisfies Record<string, readonly CaseRecord[]>;
