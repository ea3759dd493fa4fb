import { fc } from '@fast-check/vitest';
import type { ListingName, RecordOf } from '../../../connector/models/listings.ts';
import { described } from './described.ts';
import { job, jobPost, jobStage } from './jobs.ts';
import { application, candidate, scheduledInterview, user } from './people.ts';

/** A record of each list: likely ones, and whatever else the description allows. */
export const records: { [Listing in ListingName]: fc.Arbitrary<RecordOf[Listing]> } = {
  listUsers: fc.oneof(user, described('User')),
  listJobs: fc.oneof(job, described('Job')),
  listJobStages: fc.oneof(jobStage, described('JobStage')),
  listJobPosts: fc.oneof(jobPost, described('JobPost')),
  listCandidates: fc.oneof(candidate, described('Candidate')),
  listApplications: fc.oneof(application, described('Application')),
  listScheduledInterviews: fc.oneof(scheduledInterview, described('ScheduledInterview')),
};
