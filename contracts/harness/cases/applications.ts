// Worlds with applications in them.
import * as fc from 'fast-check';
import type { Case } from '../case.ts';
import { caseOf, type Edit } from './building.ts';
import { mostOf } from './most-of.ts';
import { labelled, type Fields } from './people.ts';

/** One person who applied for one job. */
export interface Applicant {
  /** What is told of the application. It is for the job of the base, unless another is named. */
  application?: Fields;
  /** What is told of the person. */
  candidate?: Fields;
  /** What happens to the application between two syncs. */
  later?: (label: string) => Edit;
}

/** People with one application each, one for each edge. */
export function applicants(...edges: readonly fc.Arbitrary<Applicant>[]): fc.Arbitrary<Case> {
  return mostOf(...edges).map((all) => {
    const candidates = labelled(
      'candidate',
      all.map(({ candidate = {} }) => candidate),
    );
    const applications = labelled(
      'application',
      all.map(({ application }, index) =>
        Object.assign({ candidate_id: `candidate-${index + 1}`, job_id: 'backend' }, application),
      ),
    );
    const edits = all.flatMap(({ later }, index) => (later ? [later(`application-${index + 1}`)] : []));
    return caseOf({ candidates, applications }, edits);
  });
}

/** One of a person's several applications: when it was made, and the label of its source. */
interface Way {
  daysAgo: number;
  source: string | null;
}

const usualSource = fc.constantFrom(null, 'indeed', 'referral', 'github', 'source-1');
const threeSources = fc.shuffledSubarray(['indeed', 'referral', 'github', 'source-1'], {
  minLength: 3,
  maxLength: 3,
});

/**
 * People who applied through several channels: the one listed first is not the first in time, some came from nowhere or at
 * one moment, and for some the first application is deleted between two syncs.
 */
export const returningPeople: fc.Arbitrary<Case> = fc
  .record({
    source: fc.constantFrom('Newspaper', 'Größe & Co', '東京', 'null'),
    ways: mostOf<Way[]>(
      threeSources.map((sources) => ways(sources, [10, 60, 30])),
      threeSources.map(([source = null]) => ways([null, source], [50, 20])),
      threeSources.map((sources) => ways(sources, [40, 40])),
      threeSources.map((sources) => ways(sources, [80, 15])),
      fc.array(fc.record({ source: usualSource, daysAgo: fc.integer({ min: 1, max: 90 }) }), {
        maxLength: 3,
      }),
    ),
    isFirstDeleted: fc.boolean(),
  })
  .map(({ source, ways: all, isFirstDeleted }) => {
    const applications = all.flatMap((own, person) =>
      own.map(({ daysAgo, source: label }, index) => ({
        candidate_id: `candidate-${person + 1}`,
        job_id: `job-${index + 1}`,
        source_id: label,
        created_at: `${daysAgo} days ago`,
      })),
    );
    const made = labelled('application', applications);
    return caseOf(
      {
        sources: [{ as: 'source-1', public_name: source, type: 'Other' }],
        jobs: jobs(3),
        candidates: labelled('candidate', all.map(longKnown)),
        applications: made,
      },
      isFirstDeleted ? [{ do: 'delete', resource: 'applications', record: 'application-2' }] : [],
    );
  });

/** So many jobs with a short pipeline: `job-1` and on. */
export function jobs(count: number): Fields[] {
  return labelled(
    'job',
    Array.from({ length: count }, () => ({ stages: ['Review', 'Offer'], created_at: '200 days ago' })),
  );
}

function longKnown(): Fields {
  return { created_at: '100 days ago' };
}

function ways(sources: readonly (string | null)[], daysAgo: readonly number[]): Way[] {
  return daysAgo.map((days, index) => ({ daysAgo: days, source: sources[index] ?? null }));
}
