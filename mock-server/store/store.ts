import {
  resourceNames,
  type BaseRecord,
  type RecordTypes,
  type Records,
  type ResourceName,
} from '../../seeds/index.ts';
import { atOnce, type Steps } from '../machine/slices.ts';
import { Collection, type Indexes } from './collection.ts';
import { embeddingRecords, hasMoved, holderOf, resourcesAround, type Collections } from './embedding.ts';

/** All records of a world. Writing one makes every record that embeds it be serialised anew when next sent. */
export class Store {
  readonly #collections: Collections;
  #bytes: number;
  #observer: StoreObserver | undefined;
  #version = 0;

  /** @param bytes what it takes that no other store shares */
  constructor(collections: Collections, bytes = 0) {
    this.#collections = collections;
    this.#bytes = bytes;
  }

  /** About what it takes in memory beside the store that it was forked from. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A store with the given records. */
  static of(records: Records): Store {
    return atOnce(Store.inSteps(records));
  }

  /** The same, step by step. */
  static *inSteps(records: Records): Steps<Store> {
    const collections: [ResourceName, unknown][] = [];
    let bytes = 0;
    for (const name of resourceNames) {
      const own: readonly BaseRecord[] = records[name];
      collections.push([name, yield* Collection.inSteps(indexes[name] as Indexes<BaseRecord>, own)]);
      for (const [index, record] of own.entries()) {
        bytes += bytesOf(record);
        if (index % stretch === 0) yield;
      }
    }
    return new Store(Object.fromEntries(collections) as unknown as Collections, bytes);
  }

  collection<Name extends ResourceName>(name: Name): Collection<RecordTypes[Name]> {
    return this.#collections[name];
  }

  get<Name extends ResourceName>(name: Name, id: string): RecordTypes[Name] | undefined {
    return this.#collections[name].get(id);
  }

  /** Is another number once something was written. */
  get version(): number {
    return this.#version;
  }

  /** Has every record noted that is put from now on; a fork of it has none noted. */
  observe(observer: StoreObserver): void {
    this.#observer = observer;
  }

  /** Lets it take so many bytes more, or fewer, than it knows of. */
  charge(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Adds or replaces a record. */
  put<Name extends ResourceName>(name: Name, record: RecordTypes[Name]): void {
    const before = this.get(name, record.id);
    const bytes = bytesOf(record);
    this.#bytes += bytes;
    this.#version += 1;
    this.#collections[name].put(record);
    this.#observer?.(name, before, record, bytes);
    const changed: Held[] = [{ resource: name, record, isNew: !before }];
    if (before && hasMoved(name, before, record)) changed.push({ resource: name, record: before });
    this.#refreshEmbedding(changed);
  }

  /** All records, in order. */
  records(): Records {
    return atOnce(this.recordsInSteps());
  }

  /** The same, step by step; there must be no write meanwhile. */
  *recordsInSteps(): Steps<Records> {
    const all: [ResourceName, unknown][] = [];
    for (const name of resourceNames) all.push([name, yield* this.#collections[name].records()]);
    // As with the collections, the compiler cannot see that each name gets its own records.
    return Object.fromEntries(all) as unknown as Records;
  }

  /** An independent store with the same records. */
  fork(): Store {
    return new Store(eachCollection((name) => this.#collections[name].fork()));
  }

  /**
   * Each record is refreshed once, however deep others lie in it and in however many ways. Where that is more than a moment
   * has time for, all are that may be among them: it takes no time, and their bytes are made anew when they are next sent.
   */
  #refreshEmbedding(waiting: Held[]): void {
    const refreshed = new Set<object>();
    const wholes = new Set<ResourceName>();
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const around = next.isNew
        ? holderOf(next.resource, next.record)
        : embeddingRecords(this.#collections, next.resource, next.record, wholes, maxRefreshed);
      if (around === undefined || refreshed.size > maxRefreshed) {
        const names = [next, ...waiting].map(({ resource }) => resource);
        for (const name of resourcesAround(names)) this.#collections[name].refreshAll();
        return;
      }
      for (const { resource, id } of around) {
        const record = this.get(resource, id);
        if (!record || refreshed.has(record)) continue;
        refreshed.add(record);
        this.#collections[resource].refresh(id);
        waiting.push({ resource, record });
      }
    }
  }
}

/** Is given a record, what stood in its place before, and about how many bytes it takes. */
export type StoreObserver = (
  resource: ResourceName,
  before: BaseRecord | undefined,
  after: BaseRecord,
  bytes: number,
) => void;

/** Records that are looked at in one step. */
const stretch = 256;

/** Records that are refreshed one by one. */
const maxRefreshed = 2000;

/** About what a record takes with its place in every index: what it holds beyond the usual is what differs. */
function bytesOf(record: BaseRecord): number {
  return 1500 + Math.max(0, lettersOf(record) - typicalLetters);
}

/** Letters of all texts and names in a value, and as many for each member as it takes beside them. */
function lettersOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let letters = 0;
  for (const name in value) letters += 16 + name.length + lettersOf(Reflect.get(value, name));
  return letters;
}

const typicalLetters = 1500;

/** A record with the name of its resource. */
interface Held {
  resource: ResourceName;
  record: RecordTypes[ResourceName];
  isNew?: boolean;
}

// What records are looked up by, in filters and to find what embeds what.
const indexes: { [Name in ResourceName]: Indexes<RecordTypes[Name]> } = {
  users: {
    email: (user) => [user.primary_email_address, ...user.emails].map(inSmallLetters),
    employee_id: (user) => [user.employee_id],
  },
  offices: { parent_id: (office) => [office.parent_id] },
  departments: { parent_id: (department) => [department.parent_id] },
  sources: {},
  rejection_reasons: {},
  close_reasons: {},
  custom_fields: { field_type: (field) => [field.field_type] },
  jobs: {
    office_id: (job) => job.office_ids,
    department_id: (job) => job.department_ids,
    user_id: (job) => Object.values(job.hiring_team).flat(),
    requisition_id: (job) => [job.requisition_id],
    status: (job) => [job.status],
  },
  job_stages: { job_id: (stage) => [stage.job_id] },
  job_posts: {
    job_id: (post) => [post.job_id],
    live: (post) => [String(post.live)],
    active: (post) => [String(post.active)],
    internal: (post) => [String(post.internal)],
  },
  candidates: {
    email: (candidate) => candidate.email_addresses.map(({ value }) => inSmallLetters(value)),
    social_media_address: (candidate) =>
      candidate.social_media_addresses.map(({ value }) => inSmallLetters(value)),
  },
  attachments: { candidate_id: (attachment) => [attachment.candidate_id] },
  applications: {
    candidate_id: (application) => [application.candidate_id],
    job_id: (application) => [application.job_id],
    status: (application) => [application.status],
    current_stage_id: (application) => [application.current_stage_id],
    source_id: (application) => [application.source_id],
    rejection_reason_id: (application) => [application.rejection_reason_id],
    user_id: (application) => [application.recruiter_id, application.coordinator_id, application.sourcer_id],
  },
  scheduled_interviews: {
    application_id: (interview) => [interview.application_id],
    start: (interview) => [interview.start],
    end: (interview) => [interview.end],
    external_event_id: (interview) => [interview.external_event_id],
  },
  scorecards: { application_id: (scorecard) => [scorecard.application_id] },
  offers: {
    application_id: (offer) => [offer.application_id],
    status: (offer) => [offer.status],
  },
  openings: { job_id: (opening) => [opening.job_id], status: (opening) => [opening.status] },
  notes: { candidate_id: (note) => [note.candidate_id] },
};

/** A text that has no capitals is given back itself: another one like it, for each record, would take memory. */
function inSmallLetters(text: string): string {
  const small = text.toLowerCase();
  return small === text ? text : small;
}

/** The compiler cannot see that each name gets the collection of its own records. */
function eachCollection(make: (name: ResourceName) => unknown): Collections {
  return Object.fromEntries(resourceNames.map((name) => [name, make(name)])) as unknown as Collections;
}
