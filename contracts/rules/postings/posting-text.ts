import { postsInOrders } from '../cases/postings.ts';
import { same, check } from '../support/compare.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule, type Mutant, wrongOnes, type Check } from '../../harness/rule.ts';
import type { GemSchemas } from '../../gem.ts';
import type { UnifiedSchemas } from '../../unified.ts';

export default readingRule({
  statement: "a job's `description` and `post_url` come from its most recent live and active job post",
  evidence: { grade: 'documented', source: 'kombo-gem-connector §3 #5' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.description', 'jobs.post_url'],
  cases: postsInOrders,
  judge({ gem, unified, all }) {
    const open = all.job_posts.filter((post) => post.job_id === gem.id && isOpen(post));
    const latest = Math.max(...open.map(timeOf));
    // Of two posts at the same moment, either may be shown, but both values must come from the same one.
    const newest = open.filter((post) => timeOf(post) === latest);
    if (newest.length === 0) {
      return [...same('description', unified.description, null), ...same('post_url', unified.post_url, null)];
    }
    const attempts = newest.map((post) => compare(post, unified));
    return attempts.find((attempt) => wrongOnes(attempt).length === 0) ?? attempts[0] ?? [];
  },
  mutants: [
    showsTextOf('oldest post', (post) => (isOpen(post) ? -timeOf(post) : undefined)),
    showsTextOf('post made last', (post) => (isOpen(post) ? Date.parse(post.created_at) : undefined)),
    showsTextOf('drafts count', (post) => (post.deleted_at === null ? timeOf(post) : undefined)),
  ],
});

type JobPost = GemSchemas['JobPost'];

function isOpen({ live, active, deleted_at }: JobPost): boolean {
  return live && active && deleted_at === null;
}

function timeOf({ first_published_at, created_at }: JobPost): number {
  return Date.parse(first_published_at ?? created_at);
}

function compare(post: JobPost, unified: UnifiedSchemas['Job']): Check[] {
  const { description, post_url, job_postings } = unified;
  // The address needs a post of the public board, and the board's name, which not every connector knows.
  const isOfPost =
    post_url === null || (post.external && post_url.endsWith(`/${encodeURIComponent(post.id)}`));
  const posting = job_postings.find(({ remote_id }) => remote_id === post.id);
  return [
    ...same('description', description, post.content),
    ...check(isOfPost, { what: 'post_url', expected: `the address of the post ${post.id}`, got: post_url }),
    ...(posting ? same("post_url, as its posting's url", post_url, posting.url) : []),
  ];
}

/** A connector that takes the text of the post with the highest rank; those without one do not count. */
function showsTextOf(name: string, rank: (post: JobPost) => number | undefined): Mutant {
  return showsWrong(name, 'jobs', (job, gem) => {
    const ranked = gem.job_posts
      .filter((post) => post.job_id === job.remote_id && rank(post) !== undefined)
      .toSorted((one, other) => (rank(one) ?? 0) - (rank(other) ?? 0));
    const post = ranked.at(-1);
    const posting = job.job_postings.find(({ remote_id }) => remote_id === post?.id);
    return { ...job, description: post?.content ?? null, post_url: posting?.url ?? null };
  });
}
