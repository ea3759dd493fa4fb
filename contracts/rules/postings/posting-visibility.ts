import { postsOf } from '../cases/postings.ts';
import { judgePostings, showsPostingsWrong, type JobPost, type JobPosting } from '../support/postings.ts';
import { readingRule } from '../../harness/rule.ts';
import { check } from '../support/compare.ts';

export default readingRule({
  statement:
    'a posting is PUBLIC on the public board, UNLISTED if only its link leads to it, INTERNAL on the internal board',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §5.7; gem-ats-api §9, Job post flags' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.job_postings'],
  about: ['job-postings.visibility'],
  cases: postsOf(
    [
      { as: 'post-public' },
      { as: 'post-unlisted', listed: false },
      { as: 'post-internal', internal: true, external: false },
      { as: 'post-both', internal: true },
      { as: 'post-nowhere', external: false, listed: false },
      { as: 'post-draft', live: false, listed: false },
    ],
    [{ do: 'change', resource: 'job_posts', record: 'post-public', set: { listed: false } }],
  ),
  judge: ({ unified, all }) =>
    judgePostings(unified, all, ({ visibility }, post) =>
      check(allowed(post).includes(visibility), {
        what: 'visibility',
        expected: allowed(post).map(String).join(' or '),
        got: visibility,
      }),
    ),
  mutants: [
    showsPostingsWrong('unlisted as public', ({ visibility }) => ({
      visibility: visibility === 'UNLISTED' ? 'PUBLIC' : visibility,
    })),
    showsPostingsWrong('internal as public', ({ visibility }) => ({
      visibility: visibility === 'INTERNAL' ? 'PUBLIC' : visibility,
    })),
    showsPostingsWrong('both boards as internal', ({ visibility }, { internal }) => ({
      visibility: internal ? 'INTERNAL' : visibility,
    })),
  ],
});

/** The right values for a post. A post on no board may have any value but public. */
function allowed({ external, internal, listed }: JobPost): JobPosting['visibility'][] {
  if (external) return [listed ? 'PUBLIC' : 'UNLISTED'];
  return internal && listed ? ['INTERNAL'] : ['INTERNAL', 'UNLISTED', null];
}
