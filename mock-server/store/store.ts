import {
  resourceNames,
  type BaseRecord,
  type RecordTypes,
  type Records,
  type ResourceName,
} from '../../seeds/index.ts';
import { Collection, type Indexes } from './collection.ts';
import { embeddingRecords } from './embedding.ts';

type Collections = { [Name in ResourceName]: Collection<RecordTypes[Name]> };

/** All records of a world. Writing one makes every record that embeds it be serialised anew when next sent. */
export class Store {
  readonly #collections: Collections;

  constructor(collections: Collections) {
    this.#collections = collections;
  }

  /** A store with the given records. */
  static of(records: Records): Store {
    return new Store(
      eachCollection((name) => new Collection(indexes[name] as Indexes<BaseRecord>, records[name])),
    );
  }

  collection<Name extends ResourceName>(name: Name): Collection<RecordTypes[Name]> {
    return this.#collections[name];
  }

  get<Name extends ResourceName>(name: Name, id: string): RecordTypes[Name] | undefined {
    return this.#collections[name].get(id);
  }

  /** Adds or replaces a record. */
  put<Name extends ResourceName>(name: Name, record: RecordTypes[Name]): void {
    this.#collections[name].put(record);
    this.#refreshEmbedding(name, record);
  }

  /** All records, in order. */
  records(): Records {
    // As with the collections, the compiler cannot see that each name gets its own records.
    const all = eachCollection((name) => [...this.#collections[name].entries()].map(({ record }) => record));
    return all as unknown as Records;
  }

  /** An independent store with the same records. */
  fork(): Store {
    return new Store(eachCollection((name) => this.#collections[name].fork()));
  }

  #refreshEmbedding<Name extends ResourceName>(name: Name, record: RecordTypes[Name]): void {
    for (const { resource, id } of embeddingRecords(this, name, record)) {
      const embedding = this.get(resource, id);
      if (!embedding) continue;
      this.#collections[resource].refresh(id);
      this.#refreshEmbedding(resource, embedding);
    }
  }
}

// What records are looked up by, in filters and to find what embeds what.
const indexes: { [Name in ResourceName]: Indexes<RecordTypes[Name]> } = {
  users: {
    email: (user) => [user.primary_email_address, ...user.emails].map((email) => email.toLowerCase()),
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
  },
  job_stages: { job_id: (stage) => [stage.job_id] },
  job_posts: { job_id: (post) => [post.job_id] },
  candidates: {
    email: (candidate) => candidate.email_addresses.map(({ value }) => value.toLowerCase()),
    social_media_address: (candidate) =>
      candidate.social_media_addresses.map(({ value }) => value.toLowerCase()),
  },
  attachments: { candidate_id: (attachment) => [attachment.candidate_id] },
  applications: {
    candidate_id: (application) => [application.candidate_id],
    job_id: (application) => [application.job_id],
    current_stage_id: (application) => [application.current_stage_id],
    source_id: (application) => [application.source_id],
    rejection_reason_id: (application) => [application.rejection_reason_id],
    user_id: (application) => [application.recruiter_id, application.coordinator_id, application.sourcer_id],
  },
  scheduled_interviews: { application_id: (interview) => [interview.application_id] },
  scorecards: { application_id: (scorecard) => [scorecard.application_id] },
  offers: { application_id: (offer) => [offer.application_id] },
  openings: { job_id: (opening) => [opening.job_id] },
  notes: { candidate_id: (note) => [note.candidate_id] },
};

/** The compiler cannot see that each name gets the collection of its own records. */
function eachCollection(make: (name: ResourceName) => unknown): Collections {
  return Object.fromEntries(resourceNames.map((name) => [name, make(name)])) as unknown as Collections;
}
