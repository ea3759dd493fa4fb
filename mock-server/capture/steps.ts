// What is read of an account, step by step: each list, and what hangs on its records.
import type { GemSchemas } from '../../contracts/gem.ts';
import type { Exchange } from '../../contracts/harness/gem/watch/watch.ts';
import { gemDescription } from '../../contracts/gem.ts';
import { ahead } from './ahead.ts';
import { CannotCapture, type Ask, type Question } from './ask.ts';

/** A record as Gem sent it, of any form. */
export type Row = Readonly<Record<string, unknown>>;

/** What one part of a step read: all that is needed of it is in memory, and nowhere else. */
export interface Unit {
  exchanges: readonly Exchange[];
  rows: readonly Row[];
  /** Gem's id of the job that they belong to, where they do not say so themselves. */
  jobId?: string;
}

/** One step. The same account gives the same units in the same order. */
export interface Step {
  /** What it reads, as people call it; also the name of the file where its records are kept. */
  name: string;
  schema: keyof GemSchemas;
  /** @param from how many units were read before */
  units(from: number): AsyncIterable<Unit>;
  /** About how many records there are, once Gem has said so. */
  expected(): number | undefined;
}

/** What is read of the account. */
export interface Scope {
  /** So many applications of each job, with all that they refer to. */
  sample?: number | undefined;
  /** Only applications with activity since this instant, and people who were changed since, with all that they refer to. */
  since?: string | undefined;
}

/** The steps, in the order in which they are taken. What people are called is known before texts are read that may name them. */
export function stepsOf(ask: Ask, scope: Scope): Step[] {
  const lists = new Lists(ask, scope);
  const chosen = scope.sample !== undefined || scope.since !== undefined;
  const list = (name: string, schema: keyof GemSchemas, operation: string): Step =>
    lists.step(name, schema, (from) => lists.pages(name, { operation }, from));
  return [
    list('users', 'User', 'listUsers'),
    list('offices', 'Office', 'listOffices'),
    list('departments', 'Department', 'listDepartments'),
    list('sources', 'SourceItem', 'listSources'),
    list('rejection_reasons', 'RejectionReason', 'listRejectionReasons'),
    list('close_reasons', 'CloseReason', 'listCloseReasons'),
    ...['application', 'candidate', 'job', 'offer', 'opening'].map((field_type) => {
      const name = `${field_type}_fields`;
      const question = { operation: 'listCustomFields', path: { field_type } };
      return lists.step(name, 'CustomField', (from) => lists.pages(name, question, from));
    }),
    list('crm_fields', 'CrmCustomField', 'listCrmCustomFields'),
    list('jobs', 'Job', 'listJobs'),
    list('job_stages', 'JobStage', 'listJobStages'),
    list('job_posts', 'JobPost', 'listJobPosts'),
    lists.step('openings_of_jobs', 'Opening', (from) => lists.openingsOfJobs(from)),
    list('openings', 'Opening', 'listOpenings'),
    lists.step('candidates', 'Candidate', (from) => lists.candidates(from)),
    lists.step('applications', 'Application', (from) => lists.applications(from)),
    list('scheduled_interviews', 'ScheduledInterview', 'listScheduledInterviews'),
    list('scorecards', 'Scorecard', 'listScorecards'),
    list('offers', 'Offer', 'listOffers'),
    lists.step('crm_candidates', 'CrmCandidate', (from) =>
      chosen
        ? lists.crmCandidates(from)
        : lists.pages('crm_candidates', { operation: 'listCrmCandidates' }, from),
    ),
    lists.step('resumes', 'UploadedResume', (from) => lists.resumes(from)),
    lists.step('notes', 'CrmNote', (from) => lists.notes(from)),
  ];
}

class Lists {
  readonly #ask: Ask;
  readonly #scope: Scope;
  readonly #totals = new Map<string, number>();

  constructor(ask: Ask, scope: Scope) {
    this.#ask = ask;
    this.#scope = scope;
  }

  step(name: string, schema: keyof GemSchemas, units: Step['units']): Step {
    return { name, schema, units, expected: () => this.#totals.get(name) };
  }

  /** The pages of a list, deleted records among them. A list that Gem does not have has none. */
  async *pages(name: string, { operation, path, query }: Question, from: number): AsyncIterable<Unit> {
    const known = gemDescription.operations.get(operation)?.parameters.map((one) => one.name) ?? [];
    const isCrm = known.includes('page_size');
    const size = isCrm ? { page_size: 100 } : { per_page: 500 };
    for (let page = from + 1; ; page += 1) {
      const exchange = await this.#ask({
        operation,
        path,
        query: {
          page,
          ...size,
          ...(known.includes('include_deleted') && { include_deleted: true }),
          ...(isCrm && known.includes('sort') && { sort: 'asc' }),
          ...query,
        },
      });
      const rows = rowsOf(exchange, operation);
      yield { exchanges: [exchange], rows };
      const { total, total_pages: pages } = readPagination(exchange.answer.headers.get('x-pagination'));
      if (total !== undefined) this.#totals.set(name, total);
      // A list may hold fewer than were asked for on each of its pages: without a count, only an empty one is the last.
      if (pages === undefined ? rows.length === 0 : page >= pages) return;
    }
  }

  /** Gem says of an opening what it belongs to only by where it is found. */
  async *openingsOfJobs(from: number): AsyncIterable<Unit> {
    const jobs = skip(this.#rows('listJobs'), from);
    yield* ahead(jobs, async (job) => {
      const path = { job_id: idOf(job) };
      return isDeleted(job)
        ? { exchanges: [], rows: [] }
        : { ...(await this.#whole({ operation: 'listOpeningsOfJob', path })), jobId: idOf(job) };
    });
  }

  /** The applications that are wanted, one page or one job at a time. */
  async *applications(from: number): AsyncIterable<Unit> {
    const { sample, since } = this.#scope;
    const query = since === undefined ? {} : { last_activity_after: since };
    if (sample === undefined)
      return yield* this.pages('applications', { operation: 'listApplications', query }, from);
    yield* ahead(skip(this.#rows('listJobs'), from), async (job) => {
      const question = { operation: 'listApplications', query: { ...query, job_id: idOf(job) } };
      return this.#whole(question, sample);
    });
  }

  /** All people; or those of the wanted applications, and those who were changed since. */
  async *candidates(from: number): AsyncIterable<Unit> {
    const { sample, since } = this.#scope;
    if (sample === undefined && since === undefined)
      return yield* this.pages('candidates', { operation: 'listCandidates' }, from);
    let left = from;
    for await (const ids of this.#wantedIds()) {
      if (left > 0) left -= 1;
      else yield await this.#whole({ operation: 'listCandidates', query: { candidate_ids: ids.join(',') } });
    }
    if (since === undefined || sample !== undefined) return;
    yield* this.pages('candidates', { operation: 'listCandidates', query: { updated_after: since } }, left);
  }

  async *crmCandidates(from: number): AsyncIterable<Unit> {
    const groups = skip(groupsOf(this.#people(), fewIds), from);
    yield* ahead(groups, async (people) =>
      this.#whole({
        operation: 'listCrmCandidates',
        query: { candidate_ids: people.map((person) => idOf(person)).join(',') },
      }),
    );
  }

  /** Who uploaded a résumé, and when: the ATS does not say it of its files. */
  async *resumes(from: number): AsyncIterable<Unit> {
    yield* ahead(skip(this.#people(), from), async (person) => {
      const files = Array.isArray(person['attachments']) ? person['attachments'] : [];
      const path = { candidate_id: idOf(person) };
      return isDeleted(person) || files.length === 0
        ? { exchanges: [], rows: [] }
        : this.#whole({ operation: 'listUploadedResumes', path });
    });
  }

  /** The notes of each person. The CRM's list of them is documented, the feed of the ATS is not. */
  async *notes(from: number): AsyncIterable<Unit> {
    yield* ahead(skip(this.#people(), from), async (person) => {
      const path = { candidate_id: idOf(person) };
      return isDeleted(person) ? { exchanges: [], rows: [] } : this.#whole({ operation: 'listNotes', path });
    });
  }

  /** All pages of a list, or as many as have the wanted number of records. */
  async #whole(question: Question, most = Number.POSITIVE_INFINITY): Promise<Unit> {
    const exchanges: Exchange[] = [];
    const rows: Row[] = [];
    const size = Number.isFinite(most) ? { per_page: Math.min(most, 500) } : {};
    if (most === 0) return { exchanges, rows };
    const query = { ...question.query, ...size };
    for await (const unit of this.pages('', { ...question, query }, 0)) {
      exchanges.push(...unit.exchanges);
      rows.push(...unit.rows);
      if (rows.length >= most) break;
    }
    return { exchanges, rows: rows.slice(0, most) };
  }

  /** The records of a list once more, for what hangs on them: they stay in memory for no longer than that takes. */
  async *#rows(operation: string): AsyncIterable<Row> {
    for await (const { rows } of this.pages('', { operation }, 0)) yield* rows;
  }

  async *#people(): AsyncIterable<Row> {
    for await (const { rows } of this.candidates(0)) yield* rows;
  }

  async *#wantedIds(): AsyncIterable<string[]> {
    const known = new Set<string>();
    const fresh = async function* (units: AsyncIterable<Unit>): AsyncIterable<string> {
      for await (const { rows } of units) {
        for (const { candidate_id: id } of rows) {
          if (typeof id !== 'string' || known.has(id)) continue;
          known.add(id);
          yield id;
        }
      }
    };
    yield* groupsOf(fresh(this.applications(0)), fewIds);
  }
}

/** So many ids are taken in one call under any limit (gem-ats-api §14 #15). */
const fewIds = 20;

function rowsOf({ answer: { status, body } }: Exchange, operation: string): Row[] {
  if (status === 200) return onlyRows(body);
  if (status === 401 || status === 403) {
    const isKey = !isRow(body) || !('code' in body);
    throw new CannotCapture(
      isKey
        ? 'Gem refused the key; put the right one into GEM_API_KEY'
        : 'Gem refused the application secret; put the right one into GEM_APPLICATION_SECRET',
    );
  }
  // Whether a list is there at all is part of what is not known; the drift report tells that it is not.
  if (status === 404 || status === 405) return [];
  throw new CannotCapture(`Gem answered ${operation} with ${status}; mock-gem verify gem tells more`);
}

function onlyRows(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter((row) => isRow(row)) : [];
}

/** Whether a value is an object of any form. */
export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function idOf({ id }: Row): string {
  return typeof id === 'string' ? id : '';
}

function isDeleted({ deleted_at: deletedAt }: Row): boolean {
  return typeof deletedAt === 'string';
}

function readPagination(text: string | null): { total?: number; total_pages?: number } {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (!isRow(value)) return {};
    const { total, total_pages: pages } = value;
    return {
      ...(typeof total === 'number' && { total }),
      ...(typeof pages === 'number' && { total_pages: pages }),
    };
  } catch {
    return {};
  }
}

async function* skip<Item>(items: AsyncIterable<Item>, count: number): AsyncIterable<Item> {
  let left = count;
  for await (const item of items) {
    if (left > 0) left -= 1;
    else yield item;
  }
}

async function* groupsOf<Item>(items: AsyncIterable<Item>, size: number): AsyncIterable<Item[]> {
  let group: Item[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
