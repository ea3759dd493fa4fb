import type { RecordTypes, ResourceName } from '../../seeds/index.ts';
import type { Store } from './store.ts';

/** A record that carries a copy of another one when it is sent. */
export interface RecordReference {
  resource: ResourceName;
  id: string;
}

/**
 * The records that carry a copy of this one, directly: an application stands inside its candidate, a job's name
 * inside its applications, and so on.
 *
 * @param wholes resources all of whose records were given already; they are not given again
 */
export function embeddingRecords<Name extends ResourceName>(
  store: Store,
  name: Name,
  record: RecordTypes[Name],
  wholes: Set<ResourceName>,
): RecordReference[] {
  return embedding[name](store, record, wholes);
}

type Embedding<Row> = (store: Store, record: Row, wholes: Set<ResourceName>) => RecordReference[];

const embedding: { [Name in ResourceName]: Embedding<RecordTypes[Name]> } = {
  users: (store, user, wholes) => [
    ...found(store, 'jobs', 'user_id', user.id),
    ...found(store, 'applications', 'user_id', user.id),
    // Interviewers stand in many stages and interviews; users change too rarely to be worth an index there.
    ...all(store, 'job_stages', wholes),
    ...all(store, 'scheduled_interviews', wholes),
    ...all(store, 'scorecards', wholes),
  ],
  offices: (store, office, wholes) => [
    ...found(store, 'jobs', 'office_id', office.id),
    ...references('offices', [office.parent_id]),
    ...all(store, 'users', wholes),
  ],
  departments: (store, department, wholes) => [
    ...found(store, 'jobs', 'department_id', department.id),
    ...references('departments', [department.parent_id]),
    ...all(store, 'users', wholes),
  ],
  sources: (store, source) => found(store, 'applications', 'source_id', source.id),
  rejection_reasons: (store, reason) => found(store, 'applications', 'rejection_reason_id', reason.id),
  close_reasons: () => [],
  custom_fields: () => [],
  jobs: (store, job) => [
    ...found(store, 'applications', 'job_id', job.id),
    ...found(store, 'job_posts', 'job_id', job.id),
  ],
  job_stages: (store, stage) => found(store, 'applications', 'current_stage_id', stage.id),
  job_posts: () => [],
  candidates: () => [],
  attachments: (_store, attachment) => references('candidates', [attachment.candidate_id]),
  applications: (store, application) => [
    ...references('candidates', [application.candidate_id]),
    ...found(store, 'scheduled_interviews', 'application_id', application.id),
    ...found(store, 'scorecards', 'application_id', application.id),
    ...found(store, 'offers', 'application_id', application.id),
  ],
  scheduled_interviews: () => [],
  scorecards: () => [],
  offers: () => [],
  openings: () => [],
  notes: () => [],
};

/** What carries a copy of a new record: no more than what it says itself that it lies in, for nothing else knows of it yet. */
export function holderOf<Name extends ResourceName>(
  name: Name,
  record: RecordTypes[Name],
): RecordReference[] {
  const parent = parents[name];
  const id: unknown = parent && Reflect.get(record, parent);
  if (typeof id !== 'string') return [];
  return [{ resource: parent === 'parent_id' ? name : 'candidates', id }];
}

/** Whether a record is sent inside another one than before: then the one that it has left is sent without it. */
export function hasMoved<Name extends ResourceName>(
  name: Name,
  before: RecordTypes[Name],
  after: RecordTypes[Name],
): boolean {
  const parent = parents[name];
  return parent !== undefined && Reflect.get(before, parent) !== Reflect.get(after, parent);
}

/** The fields by which records say inside which one they are sent. Whatever else embeds them is found by its own index. */
const parents: { [Name in ResourceName]?: keyof RecordTypes[Name] } = {
  offices: 'parent_id',
  departments: 'parent_id',
  attachments: 'candidate_id',
  applications: 'candidate_id',
};

function found(store: Store, resource: ResourceName, index: string, value: string): RecordReference[] {
  const entries = store.collection(resource).entriesBy(index, value);
  return entries.map(({ record }) => ({ resource, id: record.id }));
}

function all(store: Store, resource: ResourceName, wholes: Set<ResourceName>): RecordReference[] {
  if (wholes.has(resource)) return [];
  wholes.add(resource);
  return [...store.collection(resource).entries()].map(({ record }) => ({ resource, id: record.id }));
}

function references(resource: ResourceName, ids: readonly (string | null)[]): RecordReference[] {
  return ids.flatMap((id) => (id === null ? [] : [{ resource, id }]));
}
