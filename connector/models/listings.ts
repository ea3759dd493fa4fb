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
  /** The description of each record. It is not believed: departures are only counted. */
  schema: keyof GemSchemas;
  /** What a full sync asks for. */
  query: Readonly<Record<string, boolean>>;
  /** The parameter that asks for what changed since an instant. */
  changesSince: 'updated_after' | 'last_activity_after';
  /** Whether deleted records leave the list, so that later ones move up in it. */
  canShrink: boolean;
}

/** Every list, in the order in which a sync reads them (gem-ats-api §2.2). */
export const listings: readonly Listing[] = [
  {
    operation: 'listUsers',
    schema: 'User',
    query: { include_deleted: true },
    changesSince: 'updated_after',
    canShrink: false,
  },
  {
    operation: 'listJobs',
    schema: 'Job',
    query: { include_deleted: true },
    changesSince: 'updated_after',
    canShrink: false,
  },
  {
    operation: 'listJobStages',
    schema: 'JobStage',
    query: { include_deleted: true },
    changesSince: 'updated_after',
    canShrink: false,
  },
  {
    operation: 'listJobPosts',
    schema: 'JobPost',
    // It knows no `include_deleted`: without `active`, deleted posts come along.
    query: {},
    changesSince: 'updated_after',
    // That they do is only inherited (gem-ats-api §9), so it is not built upon.
    canShrink: true,
  },
  {
    operation: 'listCandidates',
    schema: 'Candidate',
    query: { include_deleted: true },
    changesSince: 'updated_after',
    canShrink: false,
  },
  {
    operation: 'listApplications',
    schema: 'Application',
    query: { include_deleted: true },
    changesSince: 'last_activity_after',
    canShrink: false,
  },
  {
    operation: 'listScheduledInterviews',
    schema: 'ScheduledInterview',
    query: { include_deleted: true },
    changesSince: 'updated_after',
    canShrink: false,
  },
];

/** The route of a list below the API's base, such as `/jobs/`: the key of `remote_data` (kombo-unified-api §5.5). */
export function routeOf(listing: keyof GemOperations): string {
  const path = gemDescription.operations.get(listing)?.path ?? '';
  return path.replace('/ats/v0', '');
}

/** A small list whose records stand nested in others, and that says nothing of when they changed. */
export interface Lookup {
  operation: 'listOffices' | 'listDepartments' | 'listSources' | 'listRejectionReasons';
  /** The lists whose records carry copies that are mapped: a change here changes those, though Gem does not say so. */
  copiedInto: readonly ListingName[];
}

/**
 * Every lookup. All are read whole by each sync (gem-ats-api §9). That there are lists of departments, sources and
 * reasons is not proven (gem-ats-api §2.1), so a Gem without them is fine: then the next full sync finds the change.
 */
export const lookups: readonly Lookup[] = [
  { operation: 'listOffices', copiedInto: ['listJobs'] },
  { operation: 'listDepartments', copiedInto: ['listJobs'] },
  { operation: 'listSources', copiedInto: ['listCandidates', 'listApplications'] },
  { operation: 'listRejectionReasons', copiedInto: ['listApplications'] },
];
