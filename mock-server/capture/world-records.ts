// The records of the captured world, in the order in which a world has its resources: nothing of a large account is held whole.
import { resourceNames, type ResourceName } from '../../seeds/index.ts';
import { fit, type LeftOut } from './fit.ts';
import type { Pseudonymiser } from './pseudonymise.ts';
import type { Staging } from './staging.ts';
import type { Row } from './steps.ts';
import { stubsIn } from './stubs.ts';
import * as people from './people-to-records.ts';
import * as records from './to-records.ts';

/** What was read, as it is staged. */
type Read = Pick<Staging<unknown>, 'rows'>;

/** Where the records of each resource are staged, those first that say most. */
const files: Readonly<Record<ResourceName, readonly string[]>> = {
  users: ['users'],
  offices: ['offices'],
  departments: ['departments'],
  sources: ['sources'],
  rejection_reasons: ['rejection_reasons'],
  close_reasons: ['close_reasons'],
  custom_fields: ['application', 'candidate', 'job', 'offer', 'opening'].map((type) => `${type}_fields`),
  jobs: ['jobs'],
  job_stages: ['job_stages'],
  job_posts: ['job_posts'],
  candidates: ['candidates'],
  attachments: [],
  applications: ['applications'],
  scheduled_interviews: ['scheduled_interviews'],
  scorecards: ['scorecards'],
  offers: ['offers'],
  openings: ['openings', 'openings_of_jobs'],
  notes: ['notes'],
};

/** Makes the records of the world. */
export class WorldRecords {
  /** What no world can hold, and was left out. */
  readonly leftOut: LeftOut = new Map();
  /** Whether a record was left out to which others that were made before may refer: all have to be made once more. */
  hasLost = false;
  readonly #read: Read;
  readonly #pseudonymiser: Pseudonymiser;
  readonly #ids: Record<ResourceName, Set<string>>;
  /** How often an id was read, where that was more than once: the last one counts. */
  readonly #repeated = new Map<string, number>();
  readonly #stubs = new Map<ResourceName, Map<string, Row>>();

  constructor(read: Read, pseudonymiser: Pseudonymiser) {
    this.#read = read;
    this.#pseudonymiser = pseudonymiser;
    // Each name gets a set.
    this.#ids = Object.fromEntries(resourceNames.map((name) => [name, new Set()])) as never;
  }

  /** Learns which records there are, and which are only known from others that carry a short form of them. */
  async learn(): Promise<void> {
    for (const resource of resourceNames) {
      const ids = this.#ids[resource];
      for (const file of files[resource]) {
        for await (const row of this.#read.rows(file)) {
          const id = records.text(row['id']);
          const key = `${file}\n${id}`;
          if (ids.has(id) && file !== 'openings_of_jobs')
            this.#repeated.set(key, (this.#repeated.get(key) ?? 1) + 1);
          ids.add(id);
          for (const stub of stubsIn(resource, row)) {
            const known = this.#stubs.get(stub.resource) ?? new Map<string, Row>();
            this.#stubs.set(stub.resource, known);
            if (!known.has(stub.id)) known.set(stub.id, stub.row);
          }
        }
      }
    }
    for (const [resource, stubs] of this.#stubs) {
      for (const id of stubs.keys()) {
        if (id === '' || this.#ids[resource].has(id)) stubs.delete(id);
        else this.#ids[resource].add(id);
      }
    }
  }

  /** The records of a resource, in the order in which Gem lists them. */
  async *of(resource: ResourceName): AsyncIterable<Row> {
    let index = 0;
    for await (const draft of this.#drafts(resource, () => unknownCreation + index)) {
      index += 1;
      const record = fit(resource, draft, (target, id) => this.#ids[target].has(id), this.leftOut);
      if (record) yield this.#pseudonymiser.settle(record);
      else this.hasLost = this.#ids[resource].delete(records.text(draft['id'])) || this.hasLost;
    }
  }

  async *#drafts(resource: ResourceName, created: () => number): AsyncIterable<records.Draft> {
    if (resource === 'attachments') return yield* this.#attachments();
    const make = await this.#maker(resource);
    const made = new Set<string>();
    for (const file of files[resource]) {
      for await (const row of this.#latest(file)) {
        const id = records.text(row['id']);
        // Openings are read in two ways.
        if (resource === 'openings' && made.has(id)) continue;
        if (resource === 'openings') made.add(id);
        yield make(row, new Date(created()).toISOString());
      }
    }
    for (const row of this.#stubs.get(resource)?.values() ?? [])
      yield make(row, new Date(created()).toISOString());
  }

  async *#latest(file: string): AsyncIterable<Row> {
    const repeated = new Map(this.#repeated);
    for await (const row of this.#read.rows(file)) {
      const key = `${file}\n${records.text(row['id'])}`;
      const left = (repeated.get(key) ?? 1) - 1;
      if (left > 0) repeated.set(key, left);
      else yield row;
    }
  }

  async #maker(resource: ResourceName): Promise<(row: Row, created: string) => records.Draft> {
    const simple = makers[resource];
    if (simple) return simple;
    if (resource === 'custom_fields') {
      const inCrm = await this.#byId('crm_fields');
      return (row, created) => records.toCustomField(row, created, inCrm.get(records.text(row['id'])));
    }
    if (resource === 'openings') {
      const jobs = new Map<string, unknown>();
      for await (const row of this.#read.rows('openings_of_jobs'))
        jobs.set(records.text(row['id']), row['job_id']);
      let last = 0;
      return (row, created) => {
        // As late as it can be: an opening is not older than its job, and stays in the order of the list.
        const opened = Date.parse(records.text(row['opened_at']) || created);
        last = Math.max(last + 1, opened);
        const job_id = jobs.get(records.text(row['id'])) ?? null;
        return records.toOpening({ ...row, job_id }, new Date(last).toISOString());
      };
    }
    if (resource === 'candidates') {
      const inCrm = await this.#crm();
      return (row) => people.toCandidate(row, inCrm.get(records.text(row['id'])));
    }
    const counts = { of: '', notes: 0 };
    return (row) => {
      const candidate = records.text(row['candidate_id']);
      counts.notes = counts.of === candidate ? counts.notes + 1 : 0;
      counts.of = candidate;
      return people.toNote(row, counts.notes);
    };
  }

  async #byId(file: string): Promise<Map<string, Row>> {
    const found = new Map<string, Row>();
    for await (const row of this.#read.rows(file)) found.set(records.text(row['id']), row);
    return found;
  }

  /** Only what the ATS does not say, for those of whom there is any. */
  async #crm(): Promise<Map<string, records.Draft>> {
    let firstAdmin: string | null = null;
    for await (const row of this.#latest('users')) {
      if (row['site_admin'] === true && typeof row['deleted_at'] !== 'string')
        firstAdmin ??= records.text(row['id']);
    }
    const found = new Map<string, records.Draft>();
    for await (const row of this.#read.rows('crm_candidates')) {
      const school = records.onlyRows(row['education_info'])[0]?.['school'];
      const told = people.toCrm(row, records.textOrNull(school), firstAdmin);
      if (told) found.set(records.text(row['id']), told);
    }
    return found;
  }

  async *#attachments(): AsyncIterable<records.Draft> {
    const resumes = new Map<string, Row[]>();
    for await (const { candidate_id, id, user_id, filename, created_at } of this.#read.rows('resumes')) {
      const known = resumes.get(records.text(candidate_id));
      const resume = { id, user_id, filename: filename ?? 'resume.pdf', created_at };
      if (known) known.push(resume);
      else resumes.set(records.text(candidate_id), [resume]);
    }
    for await (const row of this.#latest('candidates')) {
      const own = resumes.get(records.text(row['id'])) ?? [];
      yield* people.toAttachments(row, own, (filename) => {
        const { content, ...file } = this.#pseudonymiser.file(filename);
        return { ...file, content: content.toString('base64') };
      });
    }
  }
}

/** 2000-01-01, in milliseconds: before anything else happened. */
const unknownCreation = 946_684_800_000;

const makers: Readonly<Partial<Record<ResourceName, (row: Row, created: string) => records.Draft>>> = {
  users: records.toUser,
  offices: records.toOffice,
  departments: records.toDepartment,
  sources: records.toSource,
  rejection_reasons: records.toRejectionReason,
  close_reasons: records.toCloseReason,
  jobs: records.toJob,
  job_stages: records.toJobStage,
  job_posts: records.toJobPost,
  applications: people.toApplication,
  scheduled_interviews: people.toInterview,
  scorecards: people.toScorecard,
  offers: people.toOffer,
};
