import type { World } from '../world/world.ts';

/** Where a person reads a job post (gem-ats-api §6). */
export function publicAddress(company: World['company'], postId: string): string {
  return `https://jobs.gem.com/${company.vanity}/${postId}`;
}
