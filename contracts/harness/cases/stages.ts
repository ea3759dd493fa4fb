// Worlds with job stages in them.
import * as fc from 'fast-check';
import type { Case, CaseRecord } from '../case.ts';
import { caseOf, plainJobs, type Edit } from './building.ts';
import { mostOf } from './most-of.ts';

/** A job whose pipeline is made of the given stages, and another with one stage of its own. */
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
