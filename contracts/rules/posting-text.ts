import type { GemSchemas } from '../gem.ts';
import type { UnifiedSchemas } from '../unified.ts';
import { same } from './evidence.ts';
import { connectorPage, type ReadRule } from './rule.ts';

/** A job's own posts; posts of other jobs may be among them and count for nothing. */
export interface JobWithPosts {
  job: GemSchemas['Job'];
  posts: readonly GemSchemas['JobPost'][];
}

export const postingText: ReadRule<JobWithPosts, UnifiedSchemas['Job']> = {
  name: 'posting-text',
  statement: "a job's `description` and `post_url` come from its most recent live and active job post",
  source: connectorPage,
  kind: 'read',
  holds({ gem: { job, posts }, unified }) {
    const open = posts.filter(
      (post) => post.job_id === job.id && post.live && post.active && post.deleted_at === null,
    );
    const latest = Math.max(...open.map(timeOf));
    // Of two posts of the same moment either will do, as long as both values come from one of them.
    const newest = open.filter((post) => timeOf(post) === latest);
    if (newest.length === 0) {
      return [
        ...same('description without a live post', unified.description, null),
        ...same('post_url without a live post', unified.post_url, null),
      ];
    }
    const attempts = newest.map((post) => compare(post, unified));
    return attempts.some((attempt) => attempt.length === 0) ? [] : (attempts[0] ?? []);
  },
};

function timeOf({ first_published_at, created_at }: GemSchemas['JobPost']): number {
  return new Date(first_published_at ?? created_at).getTime();
}

function compare(post: GemSchemas['JobPost'], unified: UnifiedSchemas['Job']): string[] {
  const { description, post_url, job_postings } = unified;
  const contradictions = same('description', description, post.content);
  // The address needs the board's name, which not every connector was told, and a post of the public board.
  const isOfPost =
    post_url === null || (post.external && post_url.endsWith(`/${encodeURIComponent(post.id)}`));
  if (!isOfPost)
    contradictions.push(`post_url is ${post_url} and should be the address of the post ${post.id}`);
  const posting = job_postings.find(({ remote_id }) => remote_id === post.id);
  if (posting) contradictions.push(...same("post_url beside its posting's url", post_url, posting.url));
  return contradictions;
}
