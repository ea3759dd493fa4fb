// For rules about job postings, which are nested in their jobs: each posting beside its job post at Gem.
import type { GemSchemas } from '../../gem.ts';
import type { UnifiedSchemas } from '../../unified.ts';
import type { ItemOf } from '../../harness/lists.ts';
import type { GemRecords } from '../../harness/run.ts';
import { gemRecord, showsWrong } from './mutants.ts';
import { right, type Check, type Mutant } from '../../harness/rule.ts';

export type JobPost = GemSchemas['JobPost'];
export type JobPosting = UnifiedSchemas['JobPosting'];

/**
 * Judges each posting whose job post exists at Gem. The rule posting-of-job says which postings there must be.
 */
export function judgePostings(
  unified: ItemOf['jobs'],
  { job_posts: posts }: GemRecords,
  judge: (posting: JobPosting, post: JobPost) => Check[],
): Check[] {
  return unified.job_postings.flatMap((posting) => {
    const post = posts.find(({ id }) => id === posting.remote_id);
    if (!post || post.deleted_at !== null) return [];
    return judge(posting, post).map((check) =>
      check === right ? right : Object.assign(check, { what: `${check.what} of the posting ${post.id}` }),
    );
  });
}

/** A connector that shows the postings of jobs wrongly. */
export function showsPostingsWrong(
  name: string,
  change: (posting: JobPosting, post: JobPost, job: ItemOf['jobs']) => Partial<JobPosting>,
): Mutant {
  return showsWrong(name, 'jobs', (job, gem) => ({
    ...job,
    job_postings: job.job_postings.map((posting) => {
      const post = gemRecord(gem, 'job_posts', posting.remote_id);
      return post ? { ...posting, ...change(posting, post, job) } : posting;
    }),
  }));
}
