import type { RecordTypes, ResourceName } from '../../seeds/index.ts';
import type { Collection } from './collection.ts';

/** The records of every resource. */
export type Collections = { [Name in ResourceName]: Collection<RecordTypes[Name]> };

/** A record that carries a copy of another one when it is sent. */
export interface RecordReference {
  resource: ResourceName;
  id: string;
}

/** How the records of one resource are found that carry a copy of a record of another. */
type Carriers<Row> =
  | { in: ResourceName; by: string }
  /** Too rarely asked for to be worth an index: all are taken. */
  | { in: ResourceName; by: 'all' }
  | { in: ResourceName; as: (record: Row) => string | null };

/** Where copies of records stand, directly: an application inside its candidate, a job's name inside its applications. */
const carriers: { [Name in ResourceName]: readonly Carriers<RecordTypes[Name]>[] } = {
  users: [
    { in: 'jobs', by: 'user_id' },
    { in: 'applications', by: 'user_id' },
    { in: 'job_stages', by: 'all' },
    { in: 'scheduled_interviews', by: 'all' },
    { in: 'scorecards', by: 'all' },
  ],
  offices: [
    { in: 'jobs', by: 'office_id' },
    { in: 'offices', as: (office) => office.parent_id },
    { in: 'users', by: 'all' },
  ],
  departments: [
    { in: 'jobs', by: 'department_id' },
    { in: 'departments', as: (department) => department.parent_id },
    { in: 'users', by: 'all' },
  ],
  sources: [{ in: 'applications', by: 'source_id' }],
  rejection_reasons: [{ in: 'applications', by: 'rejection_reason_id' }],
  close_reasons: [],
  custom_fields: [],
  jobs: [
    { in: 'applications', by: 'job_id' },
    { in: 'job_posts', by: 'job_id' },
  ],
  job_stages: [{ in: 'applications', by: 'current_stage_id' }],
  job_posts: [],
  candidates: [],
  attachments: [{ in: 'candidates', as: (attachment) => attachment.candidate_id }],
  applications: [
    { in: 'candidates', as: (application) => application.candidate_id },
    { in: 'scheduled_interviews', by: 'application_id' },
    { in: 'scorecards', by: 'application_id' },
    { in: 'offers', by: 'application_id' },
  ],
  scheduled_interviews: [],
  scorecards: [],
  offers: [],
  openings: [],
  notes: [],
};

/**
 * The records that carry a copy of this one, directly.
 *
 * @param wholes resources all of whose records were given already; they are not given again
 * @param limit how many there may be
 * @returns undefined where there are more
 */
export function embeddingRecords<Name extends ResourceName>(
  collections: Collections,
  name: Name,
  record: RecordTypes[Name],
  wholes: Set<ResourceName>,
  limit: number,
): RecordReference[] | undefined {
  const around: RecordReference[] = [];
  for (const carrier of carriers[name]) {
    const resource = carrier.in;
    const records = collections[resource];
    if ('as' in carrier) {
      const id = carrier.as(record);
      if (id !== null) around.push({ resource, id });
    } else if (carrier.by !== 'all') {
      if (around.length + records.countBy(carrier.by, record.id) > limit) return undefined;
      for (const { id } of records.by(carrier.by, record.id)) around.push({ resource, id });
    } else if (!wholes.has(resource)) {
      wholes.add(resource);
      if (around.length + records.size > limit) return undefined;
      for (const { record: one } of records.entries()) around.push({ resource, id: one.id });
    }
  }
  return around;
}

/** The resources whose records carry copies of records of one of these, directly or within others. */
export function resourcesAround(names: Iterable<ResourceName>): Set<ResourceName> {
  const around = new Set<ResourceName>();
  const waiting = [...names];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const { in: resource } of carriers[next]) {
      if (around.has(resource)) continue;
      around.add(resource);
      waiting.push(resource);
    }
  }
  return around;
}

/** What carries a copy of a new record: only the record that it lies in itself, for no other record refers to it yet. */
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

/** The fields by which records say inside which one they are sent. Other records that embed them are found by their own index. */
const parents: { [Name in ResourceName]?: keyof RecordTypes[Name] } = {
  offices: 'parent_id',
  departments: 'parent_id',
  attachments: 'candidate_id',
  applications: 'candidate_id',
};
