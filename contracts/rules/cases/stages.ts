// Worlds with job stages in them.
import * as fc from 'fast-check';
import type { Case, CaseRecord } from '../../harness/case.ts';
import { caseOf, plainJobs, type Edit, mostOf } from './building.ts';

/** A job with most of the given stages, and another job with one stage. */
export function stagesOf(
  records: readonly (CaseRecord | fc.Arbitrary<CaseRecord>)[],
  edits: readonly Edit[] = [],
): fc.Arbitrary<Case> {
  return fc.tuple(mostOf(...records), mostOf(...edits)).map(([stages, done]) =>
    caseOf(
      {
        jobs: plainJobs([
          { as: 'job-1', name: 'Lens Grinder', created_at: '2023-12-01T08:00:00Z' },
          { as: 'job-2', name: 'Watchmaker', created_at: '2023-12-01T08:00:00Z' },
        ]),
        job_stages: [
          ...stages.map((stage) =>
            Object.assign({ job_id: 'job-1', created_at: '2024-01-01T08:00:00Z' }, stage),
          ),
          { as: 'stage-of-other', job_id: 'job-2', name: 'Interview', created_at: '2024-01-01T08:00:00Z' },
        ],
      },
      done,
    ),
  );
}

/** Two open jobs: `job-1` with `stage-1` to `stage-3`, and `job-2` with `stage-4` and `stage-5`. */
export const twoPipelines: fc.Arbitrary<Readonly<Record<string, readonly CaseRecord[]>>> = fc
  .record({
    priorities: fc.constantFrom([0, 1, 2], [2, 1, 0], [40, 0, 90]),
    names: fc.constantFrom(['Screening', 'Trial Day', 'Offer'], ['Interview', 'Interview', '東京']),
    isBusy: fc.boolean(),
  })
  .map(({ priorities, names, isBusy }) => ({
    jobs: [
      { as: 'job-1', name: 'Lens Grinder' },
      { as: 'job-2', name: 'Optician' },
    ],
    job_stages: [
      ...priorities.map((priority, index) => ({
        as: `stage-${index + 1}`,
        job_id: 'job-1',
        name: names[index],
        priority,
      })),
      { as: 'stage-4', job_id: 'job-2', name: names[0], priority: 0, active: !isBusy },
      { as: 'stage-5', job_id: 'job-2', name: names[2], priority: 1 },
    ],
  }));

/** A person with an application in the first of three stages. */
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
