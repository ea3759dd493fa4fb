import type { UnifiedSchemas } from '../../contracts/unified.ts';

type JobPosting = UnifiedSchemas['JobPosting'];

/** What has to be known of a post. */
interface JobPost {
  id: string;
  live?: boolean | undefined;
  active?: boolean | undefined;
  external?: boolean | undefined;
  internal?: boolean | undefined;
  listed?: boolean | undefined;
  first_published_at?: string | null | undefined;
}

/**
 * Whether a post is published and not deleted; null when that is not known. It is deleted only when Gem says so: that
 * `active` means this is inherited (gem-ats-api §3.4).
 */
export function isLive({ live, active }: Pick<JobPost, 'live' | 'active'>): boolean | null {
  return active === false ? false : (live ?? null);
}

/** A posting's status: never published is a draft, taken down is inactive (kombo-unified-api §5.7). */
export function postingStatus(post: Omit<JobPost, 'id'>): JobPosting['status'] {
  const live = isLive(post);
  if (live === null) return null;
  if (live) return 'ACTIVE';
  return post.first_published_at ? 'INACTIVE' : 'DRAFT';
}

/**
 * Who finds a posting: on the public board, only by its link, or on the internal board (kombo-unified-api §5.7). Only one
 * that is said not to be listed is not.
 */
export function postingVisibility(
  post: Pick<JobPost, 'external' | 'internal' | 'listed'>,
): JobPosting['visibility'] {
  if (post.external) return post.listed === false ? 'UNLISTED' : 'PUBLIC';
  return post.internal ? 'INTERNAL' : null;
}

/**
 * The public address of a posting; null when it cannot be opened, or when the board's word is not known (gem-ats-api
 * §14 #20).
 */
export function postingUrl(post: JobPost, jobBoardVanity: string | null): string | null {
  if (jobBoardVanity === null) return null;
  const [isExternal, live] = [post.external, isLive(post)];
  if (!isExternal || !live) return null;
  // Half of a surrogate pair has no place in an address, and is no reason to refuse the post.
  const [board, id] = [jobBoardVanity, post.id].map((part) => encodeURIComponent(part.toWellFormed()));
  return `https://jobs.gem.com/${board}/${id}`;
}
