import { applicationStages } from './application-stages.ts';
import { applications } from './applications.ts';
import { candidates } from './candidates.ts';
import { interviews } from './interviews.ts';
import { jobPostings } from './job-postings.ts';
import { jobs } from './jobs.ts';
import { joinInterviewsUsers, joinJobsApplicationStages, joinJobsUsers } from './joins.ts';
import { users } from './users.ts';
import type { Model } from './model.ts';

/** Every model that Gem fills, in the order in which they are shown. */
export const models = [
  users,
  jobs,
  jobPostings,
  candidates,
  applicationStages,
  applications,
  interviews,
  joinJobsApplicationStages,
  joinJobsUsers,
  joinInterviewsUsers,
] as const satisfies readonly Model[];
