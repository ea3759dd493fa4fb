// The lists of Gem and of the unified API: where each is read, what its records are, and which becomes which.
import type { GemSchemas } from '../gem.ts';
import type { UnifiedSchemas } from '../unified.ts';

/** Where each list of Gem is read, and whether it shows deleted records on request (gem-ats-api §2.2). */
export const gemLists = {
  users: { schema: 'User', operation: 'listUsers', showsDeleted: true },
  offices: { schema: 'Office', operation: 'listOffices', showsDeleted: true },
  sources: { schema: 'SourceItem', operation: 'listSources', showsDeleted: false },
  rejection_reasons: { schema: 'RejectionReason', operation: 'listRejectionReasons', showsDeleted: false },
  jobs: { schema: 'Job', operation: 'listJobs', showsDeleted: true },
  job_stages: { schema: 'JobStage', operation: 'listJobStages', showsDeleted: true },
  job_posts: { schema: 'JobPost', operation: 'listJobPosts', showsDeleted: false },
  candidates: { schema: 'Candidate', operation: 'listCandidates', showsDeleted: true },
  applications: { schema: 'Application', operation: 'listApplications', showsDeleted: true },
  scheduled_interviews: {
    schema: 'ScheduledInterview',
    operation: 'listScheduledInterviews',
    showsDeleted: true,
  },
} as const satisfies Readonly<
  Record<string, { schema: keyof GemSchemas; operation: string; showsDeleted: boolean }>
>;

/** The name of one of them. */
export type RecordList = keyof typeof gemLists;

/** The records of each. */
export type RecordOf = { [List in RecordList]: GemSchemas[(typeof gemLists)[List]['schema']] };

/** The lists of the unified API that Gem fills, and the list whose records their items are (kombo-unified-api §2.1). */
export const unifiedLists = {
  users: { schema: 'User', records: 'users' },
  jobs: { schema: 'Job', records: 'jobs' },
  candidates: { schema: 'Candidate', records: 'candidates' },
  applications: { schema: 'Application', records: 'applications' },
  interviews: { schema: 'Interview', records: 'scheduled_interviews' },
  'application-stages': { schema: 'ApplicationStage', records: 'job_stages' },
} as const satisfies Readonly<Record<string, { schema: keyof UnifiedSchemas; records: RecordList }>>;

/** The name of one of them. */
export type ListName = keyof typeof unifiedLists;

/** The items of each. */
export type ItemOf = { [Name in ListName]: UnifiedSchemas[(typeof unifiedLists)[Name]['schema']] };

/** All of them; the path of each is `/ats/` and its name. */
// `Object.keys` knows no more than `string`.
export const listNames = Object.keys(unifiedLists) as readonly ListName[];
