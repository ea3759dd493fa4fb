// The lists of Gem that are read. One list may feed several models and is fetched once.
import { gemDescription, type GemOperations, type GemSchemas } from '../../contracts/gem.ts';

/** The record type that each list holds. */
export interface RecordOf {
  listUsers: GemSchemas['User'];
  listJobs: GemSchemas['Job'];
  listJobStages: GemSchemas['JobStage'];
  listJobPosts: GemSchemas['JobPost'];
  listCandidates: GemSchemas['Candidate'];
  listApplications: GemSchemas['Application'];
  listScheduledInterviews: GemSchemas['ScheduledInterview'];
}

/** A list that is read, by its operation. */
export type ListingName = keyof RecordOf;

/** A record of any list. */
export type GemRecord = RecordOf[ListingName];

/** How one list is read. */
export interface Listing {
  operation: ListingName;
  /** What each record is held against. */
  schema: keyof GemSchemas;
  /** What a full sync asks for. */
  query: Readonly<Record<string, boolean>>;
  /** The parameter that asks for what changed since an instant. */
  changesSince: 'updated_after' | 'last_activity_after';
  /** Whether deleted records leave the list, so that later ones move up in it. */
  canShrink: boolean;
  /** Fields whose departures from the schema do not spoil the record, because the mapping copes with them. */
  tolerates: readonly string[];
}

/** Every list, in the order in which a sync reads them (gem-ats-api §2.2). */
export const listings: readonly Listing[] = [
  {
    operation: 'listUsers',
    schema: 'User',
    query: { include_deleted: true },
    changesSince: 'updated_after',
    canShrink: false,
    tolerates: [],
  },
  {
    operation: 'listJobs',
    schema: 'Job',
    query: { include_deleted: true },
    changesSince: 'updated_after',
    canShrink: false,
    // Gem may add words to these lists.
    tolerates: ['location_type', 'employment_type', 'status'],
  },
  {
    operation: 'listJobStages',
    schema: 'JobStage',
    query: { include_deleted: true },
    changesSince: 'updated_after',
    canShrink: false,
    tolerates: [],
  },
  {
    operation: 'listJobPosts',
    schema: 'JobPost',
    // It knows no `include_deleted`: without `active`, deleted posts come along.
    query: {},
    changesSince: 'updated_after',
    // That they do is only inherited (gem-ats-api §9), so it is not built upon.
    canShrink: true,
    tolerates: ['location_type', 'employment_type'],
  },
  {
    operation: 'listCandidates',
    schema: 'Candidate',
    query: { include_deleted: true },
    changesSince: 'updated_after',
    canShrink: false,
    // The nested copies may be missing; the applications themselves come from their own list.
    tolerates: ['applications', 'application_ids'],
  },
  {
    operation: 'listApplications',
    schema: 'Application',
    query: { include_deleted: true },
    changesSince: 'last_activity_after',
    canShrink: false,
    // Should there be a prospect without a job, it has none in the unified model either.
    tolerates: ['jobs'],
  },
  {
    operation: 'listScheduledInterviews',
    schema: 'ScheduledInterview',
    query: { include_deleted: true },
    changesSince: 'updated_after',
    canShrink: false,
    // An interview of a whole day has a date in place of a moment.
    tolerates: ['start', 'end'],
  },
];

/** The route of a list below the API's base, such as `/jobs/`: the key of `remote_data` (kombo-unified-api §5.5). */
export function routeOf(listing: keyof GemOperations): string {
  const path = gemDescription.operations.get(listing)?.path ?? '';
  return path.replace('/ats/v0', '');
}
