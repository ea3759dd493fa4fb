// Worlds with people in them, and what they applied for.
import * as fc from 'fast-check';
import type { Case, CaseRecord } from '../../harness/case.ts';
import { caseOf, mostOf, type Edit } from './building.ts';

/** The given fields of a record; the rest is made up. */
export type Fields = Readonly<Record<string, unknown>>;

/** People with some given fields, one for each edge case. */
export function people(...edges: readonly fc.Arbitrary<Fields>[]): fc.Arbitrary<Case> {
  return mostOf(...edges).map((all) => caseOf({ candidates: labelled('candidate', all) }));
}

/** Labels records by their number: `candidate-1`. */
export function labelled(word: string, all: readonly Fields[]): CaseRecord[] {
  return all.map((fields, index) => Object.assign({ as: `${word}-${index + 1}` }, fields));
}

/** The fields of a person with e-mail addresses of any type; the first is the primary one. */
export function emailAddresses(...values: readonly fc.Arbitrary<string>[]): fc.Arbitrary<Fields> {
  const type = fc.constantFrom('personal', 'work', 'other');
  return fc.tuple(...values.map((value) => fc.record({ value, type }))).map((all) => ({
    email_addresses: all.map((one, index) => Object.assign({ is_primary: index === 0 }, one)),
  }));
}

/** One person who applied for one job. */
export interface Applicant {
  /** Fields of the application. It is for a job of the base scenario, unless another is named. */
  application?: Fields;
  /** Fields of the person. */
  candidate?: Fields;
  /** The edit of the application between two syncs. */
  later?: (label: string) => Edit;
}

/** People with one application each, one for each edge case. */
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
interface PastApplication {
  daysAgo: number;
  source: string | null;
}

const anySource = fc.constantFrom(null, 'indeed', 'referral', 'github', 'source-1');
const threeSources = fc.shuffledSubarray(['indeed', 'referral', 'github', 'source-1'], {
  minLength: 3,
  maxLength: 3,
});

/**
 * People who applied through several sources. The application that is listed first is not always the earliest, some have no
 * source, some were made at the same moment, and sometimes the first is deleted between two syncs.
 */
export const returningPeople: fc.Arbitrary<Case> = fc
  .record({
    source: fc.constantFrom('Newspaper', 'Größe & Co', '東京', 'null'),
    ways: mostOf<PastApplication[]>(
      threeSources.map((sources) => pastApplications(sources, [10, 60, 30])),
      threeSources.map(([source = null]) => pastApplications([null, source], [50, 20])),
      threeSources.map((sources) => pastApplications(sources, [40, 40])),
      threeSources.map((sources) => pastApplications(sources, [80, 15])),
      fc.array(fc.record({ source: anySource, daysAgo: fc.integer({ min: 1, max: 90 }) }), {
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
        candidates: labelled('candidate', all.map(existingPerson)),
        applications: made,
      },
      isFirstDeleted ? [{ do: 'delete', resource: 'applications', record: 'application-2' }] : [],
    );
  });

/** Jobs with a short pipeline: `job-1` and on. */
export function jobs(count: number): Fields[] {
  return labelled(
    'job',
    Array.from({ length: count }, () => ({ stages: ['Review', 'Offer'], created_at: '200 days ago' })),
  );
}

function existingPerson(): Fields {
  return { created_at: '100 days ago' };
}

function pastApplications(
  sources: readonly (string | null)[],
  daysAgo: readonly number[],
): PastApplication[] {
  return daysAgo.map((days, index) => ({ daysAgo: days, source: sources[index] ?? null }));
}
