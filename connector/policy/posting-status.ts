import type { GemSchemas } from '../../contracts/gem.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';

type JobPost = GemSchemas['JobPost'];
type JobPosting = UnifiedSchemas['JobPosting'];

/** Whether a post is published and not deleted. */
export function isLive({ live, active }: Pick<JobPost, 'live' | 'active'>): boolean {
  return live && active;
}

/** A posting's status: never published is a draft, taken down is inactive (kombo-unified-api §5.7). */
export function postingStatus(post: JobPost): JobPosting['status'] {
  if (isLive(post)) return 'ACTIVE';
  return post.first_published_at === null ? 'DRAFT' : 'INACTIVE';
}

/** Who finds a posting: on the public board, only by its link, or on the internal board (kombo-unified-api §5.7). */
export function postingVisibility({ external, internal, listed }: JobPost): JobPosting['visibility'] {
  if (external) return listed ? 'PUBLIC' : 'UNLISTED';
  return internal ? 'INTERNAL' : null;
}

/**
 * The public address of a posting; null when nobody can open it, or when the board's word is not known (gem-ats-api
 * §14 point 20).
 */
export function postingUrl(post: JobPost, jobBoardVanity: string | null): string | null {
  if (jobBoardVanity === null || !post.external || !isLive(post)) return null;
  // Half of a surrogate pair has no place in an address, and is no reason to refuse the post.
  const [board, id] = [jobBoardVanity, post.id].map((part) => encodeURIComponent(part.toWellFormed()));
  return `https://jobs.gem.com/${board}/${id}`;
}
