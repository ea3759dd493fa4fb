// Worlds with job posts in them.
import * as fc from 'fast-check';
import type { Case, CaseRecord } from '../../harness/case.ts';
import { caseOf, plainJobs, type Edit, mostOf } from './building.ts';

/** An open job with posts, and another without. By default, posts are live and on the public board. */
export function postsOf(
  records: readonly (CaseRecord | fc.Arbitrary<CaseRecord>)[],
  edits: readonly Edit[] = [],
): fc.Arbitrary<Case> {
  return fc.tuple(mostOf(...records), mostOf(...edits)).map(([posts, done]) =>
    caseOf(
      {
        jobs: plainJobs([
          { as: 'job-1', name: 'Lens Grinder', created_at: '2023-12-01T08:00:00Z' },
          { as: 'job-2', name: 'Watchmaker' },
        ]),
        job_posts: posts.map((post) =>
          Object.assign({ job_id: 'job-1', created_at: '2024-01-01T08:00:00Z' }, post),
        ),
      },
      done,
    ),
  );
}

const text = fc.constantFrom('<p>A</p>', '', '<ul><li>B &amp; C</li></ul>', '東京', '<p>Größe</p>\n');

/** Posts of one job, in a different order by each time: created, first published, changed. */
export const postsInOrders: fc.Arbitrary<Case> = postsOf(
  [
    post('oldest', {
      created_at: day(1, 1),
      // The second time equals that of the newest post.
      first_published_at: fc.constantFrom(day(1, 2), day(6, 1)),
    }),
    post('newest', { created_at: day(2, 1), first_published_at: day(6, 1) }),
    post('made-later', {
      created_at: day(3, 1),
      first_published_at: fc.constantFrom(day(3, 2), null),
      updated_at: day(12, 1),
    }),
    post('draft', { created_at: day(8, 1), live: false }),
    post('taken-down', { created_at: day(7, 1), live: false, first_published_at: day(7, 2) }),
    post('switched-off', { created_at: day(9, 1), active: false, first_published_at: day(9, 2) }),
    post('deleted', { created_at: day(10, 1), first_published_at: day(10, 2), deleted_at: day(11, 1) }),
    post('of-other', { job_id: 'job-2', created_at: day(11, 1), live: false }),
  ],
  [
    { do: 'unpublish', record: 'post-newest' },
    { do: 'publish', record: 'post-of-other' },
  ],
);

function post(
  label: string,
  fields: Record<string, string | boolean | null | fc.Arbitrary<string | null>>,
): fc.Arbitrary<CaseRecord> {
  const values = Object.entries(fields).map(
    ([key, value]) => [key, value instanceof fc.Arbitrary ? value : fc.constant(value)] as const,
  );
  return fc
    .record({ ...Object.fromEntries(values), ending: text })
    .map(({ ending, ...rest }) =>
      Object.assign({ as: `post-${label}`, content: `<h1>${label}</h1>${ending}` }, rest),
    );
}

function day(month: number, number: number): string {
  return new Date(Date.UTC(2024, month - 1, number, 9, 30, 0, 5)).toISOString();
}
