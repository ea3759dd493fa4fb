import type { fc } from '@fast-check/vitest';
import type { ListingName, RecordOf } from '../../../connector/models/listings.ts';
import { job, jobPost, jobStage } from './jobs.ts';
import { application, candidate, scheduledInterview, user } from './people.ts';

/** A record of each list. */
export const records: { [Listing in ListingName]: fc.Arbitrary<RecordOf[Listing]> } = {
  listUsers: user,
  listJobs: job,
  listJobStages: jobStage,
  listJobPosts: jobPost,
  listCandidates: candidate,
  listApplications: application,
  listScheduledInterviews: scheduledInterview,
};
