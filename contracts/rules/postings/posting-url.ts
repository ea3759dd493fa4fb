import { postsOf } from '../cases/postings.ts';
import { judgePostings, showsPostingsWrong, type JobPost } from '../support/postings.ts';
import { readingRule } from '../../harness/rule.ts';
import { check } from '../support/compare.ts';

export default readingRule({
  statement:
    "a posting's `url` is the address of its own post on the hosted job board, which a published one has",
  evidence: { grade: 'observed', source: 'gem-ats-api §1.1, §14 #20; kombo-unified-api §2.2' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.job_postings'],
  about: ['job-postings.url'],
  cases: postsOf(
    [
      { as: 'post-newest', created_at: '2024-05-01T08:00:00Z' },
      { as: 'post-older', id: '5121780002' },
      { as: 'post-unlisted', listed: false },
      { as: 'post-draft', live: false },
      { as: 'post-internal', internal: true, external: false },
    ],
    [{ do: 'publish', record: 'post-draft' }],
  ),
  judge: ({ unified, all }) =>
    judgePostings(unified, all, ({ url }, post) => {
      // The facts do not say whether a post that is not public has an address.
      if (url === null && !isPublished(post)) return [];
      return check(isAddressOf(post, url), { what: 'url', expected: `the address of ${post.id}`, got: url });
    }),
  mutants: [
    showsPostingsWrong('one address for all', ({ url }, _post, { post_url }) => ({ url: url && post_url })),
    // Another rule checks the address of the newest post.
    showsPostingsWrong('board left out', ({ url }, { id }, { post_url }) => ({
      url: url === post_url ? url : url && `https://jobs.gem.com/${id}`,
    })),
    showsPostingsWrong('unlisted without address', ({ url }, { listed }, { post_url }) => ({
      url: listed || url === post_url ? url : null,
    })),
  ],
});

function isPublished({ live, active, external }: JobPost): boolean {
  return live && active && external;
}

/** The board's name may be any: rules do not know it. */
function isAddressOf({ id, absolute_url: sent }: JobPost, url: string | null): boolean {
  if (url === null) return false;
  const [, board = '', rest] = /^https:\/\/jobs\.gem\.com\/([^/]+)\/(.*)$/.exec(url) ?? [];
  return url === sent || (board !== '' && rest === encodeURIComponent(id));
}
