// The lists of Gem that are read, and what the mapping reads of their records; everything else may be missing or be
// anything. One list may feed several models and is fetched once.
import { gemDescription, type GemOperations, type GemSchemas } from '../../contracts/gem.ts';
import {
  deletion,
  type FieldReaders,
  flag,
  identifier,
  integer,
  list,
  moment,
  object,
  objectOr,
  ownFields,
  type Reader,
  text,
  word,
} from './forms.ts';

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
  /** The call that gives one record. */
  one: OneRecord;
  /** Reads a record into the forms that the mapping needs; undefined when it is of no use. */
  read: Reader<ReadRecord | undefined>;
}

/**
 * A call that gives one record. An unknown record and an unknown route look alike, so a 404 proves that a record is gone
 * only where the call is near certain to exist (gem-ats-api §2.1).
 */
interface OneRecord {
  operation: keyof GemOperations;
  /** The parameter of its path. */
  parameter: string;
  isCertain: boolean;
}

const needed = ['id'] as const;

/** A record of a list: without an id of its own it cannot be used. */
function record<Fields extends FieldReaders>(fields: Fields) {
  return object({ id: identifier, deleted_at: deletion, ...fields }, needed);
}

/** What is named by its id; without one it names nothing. */
const reference = object({ id: identifier }, needed);

/** A live client met sources that were plain texts (gem-ats-api §3.2): their names. */
const source = objectOr(object({ id: identifier, public_name: text }), 'public_name');

/** All of a day has a date in place of a moment (gem-ats-api §3.7). */
const time = objectOr(object({ date_time: moment, date: moment }), 'date_time');

const place = object({ name: text, location: objectOr(object({ name: text }), 'name') });

/** Every list, in the order in which a sync reads them (gem-ats-api §2.2). */
export const listings = [
  defineListing('listUsers', {
    schema: 'User',
    one: { operation: 'getUser', parameter: 'user_id', isCertain: false },
    read: record({
      first_name: text,
      last_name: text,
      primary_email_address: text,
      disabled: flag,
      updated_at: moment,
    }),
  }),
  defineListing('listJobs', {
    schema: 'Job',
    one: { operation: 'getJob', parameter: 'job_id', isCertain: true },
    read: record({
      name: text,
      requisition_id: text,
      confidential: flag,
      status: word,
      location_type: word,
      departments: list(object({ name: text })),
      offices: list(place),
      hiring_team: object({
        hiring_managers: list(reference),
        recruiters: list(reference),
        coordinators: list(reference),
        sourcers: list(reference),
      }),
      custom_fields: ownFields,
      opened_at: moment,
      closed_at: moment,
      created_at: moment,
      updated_at: moment,
    }),
  }),
  defineListing('listJobStages', {
    schema: 'JobStage',
    one: { operation: 'getJobStage', parameter: 'job_stage_id', isCertain: false },
    read: record({
      name: text,
      job_id: identifier,
      priority: integer,
      interviews: list(object({ job_stage_interview_item_id: identifier })),
      updated_at: moment,
    }),
  }),
  defineListing('listJobPosts', {
    schema: 'JobPost',
    // It knows no `include_deleted`: without `active`, deleted posts come along.
    query: {},
    // That they do is only inherited (gem-ats-api §9), so it is not built upon.
    canShrink: true,
    one: { operation: 'getJobPost', parameter: 'job_post_id', isCertain: false },
    read: record({
      title: text,
      content: text,
      job_id: identifier,
      live: flag,
      active: flag,
      external: flag,
      internal: flag,
      listed: flag,
      first_published_at: moment,
      created_at: moment,
      updated_at: moment,
    }),
  }),
  defineListing('listCandidates', {
    schema: 'Candidate',
    one: { operation: 'getCandidate', parameter: 'candidate_id', isCertain: true },
    read: record({
      first_name: text,
      last_name: text,
      company: text,
      title: text,
      is_private: flag,
      phone_numbers: list(object({ value: text, type: word }, ['value'])),
      email_addresses: list(object({ value: text, type: word }, ['value'])),
      social_media_addresses: list(object({ value: text }, ['value'])),
      applications: list(object({ id: identifier, applied_at: moment, source })),
      created_at: moment,
      updated_at: moment,
    }),
  }),
  defineListing('listApplications', {
    schema: 'Application',
    changesSince: 'last_activity_after',
    one: { operation: 'getApplication', parameter: 'application_id', isCertain: true },
    read: record({
      candidate_id: identifier,
      jobs: list(reference),
      current_stage: reference,
      status: word,
      source,
      rejection_reason: objectOr(object({ name: text }), 'name'),
      rejected_at: moment,
      applied_at: moment,
      last_activity_at: moment,
      custom_fields: ownFields,
    }),
  }),
  defineListing('listScheduledInterviews', {
    schema: 'ScheduledInterview',
    one: { operation: 'getScheduledInterview', parameter: 'interview_id', isCertain: false },
    read: record({
      application_id: identifier,
      interview: objectOr(object({ name: text }), 'name'),
      start: time,
      end: time,
      video_conferencing_url: text,
      status: word,
      interviewers: list(object({ id: identifier, response_status: word })),
      job_stage_interview_item_id: identifier,
      created_at: moment,
      updated_at: moment,
    }),
  }),
] as const;

/** A list that is read, by its operation. */
export type ListingName = (typeof listings)[number]['operation'];

/** The record type that each list holds, by Gem's description. */
export type RecordOf = {
  [List in (typeof listings)[number] as List['operation']]: GemSchemas[List['schema']];
};

/** A record of each list as the mapping sees it. */
export type ReadRecords = {
  [List in (typeof listings)[number] as List['operation']]: NonNullable<ReturnType<List['read']>>;
};

/** A record of any list as the mapping sees it. */
export type ReadRecord = ReadRecords[ListingName];

/** When a record last changed, by its own word. */
export function changeOf(record: ReadRecord): string | undefined {
  return 'last_activity_at' in record ? record.last_activity_at : record.updated_at;
}

/** @returns how a list is read */
export function listingOf(name: ListingName): Listing {
  const found = listings.find(({ operation }) => operation === name);
  if (!found) throw new Error(`no list is called ${name}`);
  return found;
}

/** The route of a list below the API's base, such as `/jobs/`: the key of `remote_data` (kombo-unified-api §5.5). */
export function routeOf(listing: keyof GemOperations): string {
  const operation = gemDescription.operations.get(listing);
  if (!operation) throw new Error(`Gem's description has no ${listing}`);
  return operation.path.replace('/ats/v0', '');
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

/** Fills in what almost every list has. */
function defineListing<
  Operation extends keyof GemOperations,
  Schema extends keyof GemSchemas,
  Read extends Reader<object | undefined>,
>(
  operation: Operation,
  {
    query = { include_deleted: true },
    changesSince = 'updated_after',
    canShrink = false,
    ...given
  }: { schema: Schema; one: OneRecord; read: Read } & Partial<
    Pick<Listing, 'query' | 'changesSince' | 'canShrink'>
  >,
) {
  return { operation, query, changesSince, canShrink, ...given };
}
