import type { GemSchemas } from '../../../contracts/gem.ts';
import { pair, type Walk } from './walk.ts';

export const jobPostings: Walk = {
  hidden: ['changed_at', 'remote_deleted_at', 'remote_created_at', 'remote_updated_at'],
  rows: ({ gem, unified }) =>
    pair(
      gem.job_posts.filter(({ deleted_at }) => deleted_at === null),
      unified.jobs.flatMap((job) =>
        job.job_postings.map((posting) => ({ ...posting, job_id: job.remote_id })),
      ),
      (post) => ({
        title: post.title,
        description_html: post.content,
        status: post.live && post.active ? 'ACTIVE' : post.first_published_at === null ? 'DRAFT' : 'INACTIVE',
        visibility: post.external ? (post.listed ? 'PUBLIC' : 'UNLISTED') : 'INTERNAL',
        url: urlOf(post),
        job_id: post.job_id,
        remote_data: { '/job_posts/': post },
      }),
    ),
};

/** Where the public reads a post; null for one that it cannot read. */
export function urlOf(post: GemSchemas['JobPost']): string | null {
  const isPublic = post.live && post.active && post.external;
  return isPublic ? `https://jobs.gem.com/halden-robotics/${post.id}` : null;
}
