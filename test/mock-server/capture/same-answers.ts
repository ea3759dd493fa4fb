// Asks two emulators for the same, one of which holds the captured account of the other, and tells where they differ.
import type { GemSchemas } from '../../../contracts/gem.ts';
import { gemDescription } from '../../../contracts/gem.ts';
import { createAsk } from '../../../mock-server/capture/ask.ts';
import { createGate } from '../../../mock-server/capture/gate.ts';
import { createPseudonymiser, type Pseudonymiser } from '../../../mock-server/capture/pseudonymise.ts';
import { readAccount } from '../../../mock-server/capture/read-account.ts';
import { nowhere } from '../../../mock-server/capture/staging.ts';
import { isRow, stepsOf, type Row } from '../../../mock-server/capture/steps.ts';
import { captureOptions } from '../../support/captured.ts';
import type { MockGem } from '../../../mock-server/server.ts';

/** Gives what an original record is in the captured account. */
type Rename = (schema: keyof GemSchemas, row: Row) => Row;

/** A list, and the filters that are tried on it: each takes its value from a record, in either account. */
interface ComparedList {
  schema: keyof GemSchemas;
  filters: Readonly<Record<string, (row: Row) => unknown>>;
}

const at = (path: string) => (row: Row) =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      row,
    );
const created = { created_after: at('created_at'), created_before: at('created_at') };
const updated = { updated_after: at('updated_at'), updated_before: at('updated_at') };

const comparedLists: Readonly<Record<string, ComparedList>> = {
  listUsers: {
    schema: 'User',
    filters: { ...created, ...updated, email: at('primary_email_address'), employee_id: at('employee_id') },
  },
  listOffices: { schema: 'Office', filters: {} },
  listDepartments: { schema: 'Department', filters: {} },
  listSources: { schema: 'SourceItem', filters: {} },
  listRejectionReasons: { schema: 'RejectionReason', filters: {} },
  listCloseReasons: { schema: 'CloseReason', filters: {} },
  listJobs: {
    schema: 'Job',
    filters: {
      ...created,
      ...updated,
      requisition_id: at('requisition_id'),
      status: at('status'),
      department_id: at('departments.0.id'),
      office_id: at('offices.0.id'),
    },
  },
  listJobStages: { schema: 'JobStage', filters: { ...created, ...updated } },
  listJobPosts: {
    schema: 'JobPost',
    filters: { ...created, ...updated, live: at('live'), active: at('active'), internal: at('internal') },
  },
  listCandidates: {
    schema: 'Candidate',
    filters: {
      ...created,
      ...updated,
      job_id: at('applications.0.jobs.0.id'),
      email: at('email_addresses.0.value'),
      candidate_ids: at('id'),
    },
  },
  listApplications: {
    schema: 'Application',
    filters: {
      created_after: at('applied_at'),
      created_before: at('applied_at'),
      last_activity_after: at('last_activity_at'),
      job_id: at('jobs.0.id'),
      status: at('status'),
    },
  },
  listScheduledInterviews: {
    schema: 'ScheduledInterview',
    filters: {
      ...created,
      ...updated,
      starts_after: at('start.date_time'),
      ends_before: at('end.date_time'),
      external_event_id: at('external_event_id'),
    },
  },
  listScorecards: { schema: 'Scorecard', filters: { ...created, ...updated } },
  listOffers: {
    schema: 'Offer',
    filters: {
      ...created,
      ...updated,
      status: at('status'),
      sent_after: at('sent_at'),
      starts_before: at('starts_at'),
    },
  },
  listOpenings: { schema: 'Opening', filters: { status: at('status') } },
  listCrmCustomFields: { schema: 'CrmCustomField', filters: { name: at('name') } },
  listCrmCandidates: {
    schema: 'CrmCandidate',
    filters: {
      created_after: at('created_at'),
      updated_after: at('last_updated_at'),
      created_by: at('created_by'),
      email: at('emails.0.email_address'),
      linked_in_handle: at('linked_in_handle'),
      candidate_ids: at('id'),
    },
  },
};

type Asked = Pick<MockGem, 'url' | 'apiKey'>;

/** What all lists and filters of the captured account answer otherwise. */
export async function allDifferences(
  original: Asked,
  copy: Asked,
  { samples }: { samples: number },
): Promise<string[]> {
  const rename = await renaming(original);
  const found: string[] = [];
  for (const operation of Object.keys(comparedLists))
    found.push(...(await differences(operation, original, copy, rename, { samples })));
  return found;
}

/**
 * What each original record is called in the copy. It is made anew for those that carry others within them, and for all others
 * as it was staged: what a text becomes depends on who was known when it was read.
 */
async function renaming(original: Asked): Promise<Rename> {
  const staged = new Map<string, Row>();
  const [settling, making] = [await reader(original, staged), await reader(original, new Map())];
  return (schema, row) => {
    const made = making.record(schema, row);
    if (!isRow(made)) throw new Error('a record stays a record');
    const own = schema === 'Candidate' ? undefined : staged.get(`${schema} ${String(made['id'])}`);
    return settling.settle(own ?? made);
  };
}

async function reader(original: Asked, staged: Map<string, Row>): Promise<Pseudonymiser> {
  const { access, scope, salt, decisions } = captureOptions(original, undefined);
  const gate = createGate(salt);
  const pseudonymiser = createPseudonymiser({ salt, decisions, isName: gate.isName });
  const schemas = new Map(stepsOf(createAsk(access), scope).map(({ name, schema }) => [name, schema]));
  const staging = {
    ...nowhere<never>(),
    add: (name: string, rows: readonly Row[]) => {
      for (const row of rows) staged.set(`${schemas.get(name)} ${String(row['id'])}`, row);
    },
  };
  await readAccount({ access, scope, staging, pseudonymiser, gate, print: '', onProgress: () => {} });
  pseudonymiser.closeInto(gate);
  return pseudonymiser;
}

/** The ways in which a list of the captured account differs from the original one, renamed. Each is a sentence. */
async function differences(
  operation: string,
  original: Asked,
  copy: Asked,
  rename: Rename,
  { samples }: { samples: number },
): Promise<string[]> {
  const list = comparedLists[operation];
  if (!list) throw new Error(`nobody says how ${operation} is compared`);
  const found: string[] = [];
  const compare = async (name: string, here: Query, there: Query) => {
    const [theirs, ours] = [await read(original, operation, here), await read(copy, operation, there)];
    const wanted = theirs.map((row) => rename(list.schema, row));
    const [one, other] = [settled(wanted), settled(ours)];
    if (one.length !== other.length)
      return void found.push(`${operation} ${name}: ${other.length} records instead of ${one.length}`);
    const index = one.findIndex((row, place) => row !== other[place]);
    if (index !== -1)
      found.push(`${operation} ${name}: ${firstDifference(one[index] ?? '', other[index] ?? '')}`);
  };
  const deleted = takes(operation, 'include_deleted') ? { include_deleted: true } : {};
  await compare('whole', deleted, deleted);
  await compare('of the living', {}, {});
  const rows = await read(original, operation, deleted);
  for (const [name, valueOf] of Object.entries(list.filters)) {
    for (const row of rows.slice(0, samples)) {
      const [here, there] = [valueOf(row), valueOf(rename(list.schema, row))];
      if (here === null || here === undefined) continue;
      await compare(name, { ...deleted, [name]: here }, { ...deleted, [name]: there });
    }
  }
  return found;
}

type Query = Readonly<Record<string, unknown>>;

async function read(gem: Asked, operation: string, query: Query): Promise<Row[]> {
  const path = gemDescription.operations.get(operation)?.path ?? '';
  const size = takes(operation, 'page_size') ? { page_size: 100 } : { per_page: 500 };
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const search = new URLSearchParams(
      Object.entries({ ...size, page, ...query }).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
    );
    const answer = await fetch(`${gem.url}${path}?${search}`, { headers: { 'X-API-Key': gem.apiKey } });
    const body: unknown = await answer.json();
    if (!Array.isArray(body)) throw new Error(`${operation}?${search} answered ${answer.status}`);
    rows.push(...body.filter((row) => isRow(row)));
    if (body.length < (size.page_size ?? size.per_page)) return rows;
  }
}

function takes(operation: string, parameter: string): boolean {
  return gemDescription.operations.get(operation)?.parameters.some(({ name }) => name === parameter) ?? false;
}

/** Records as texts. Those that were made at the same moment stand in the order of their ids, which are others now. */
function settled(rows: readonly Row[]): string[] {
  return sortTies(rows.map((row) => inOrder(withoutLinks(row)) as Row)).map((row) => JSON.stringify(row));
}

function sortTies(rows: readonly Row[]): Row[] {
  const moment = (row: Row) => String(row['created_at'] ?? row['applied_at'] ?? '');
  const sorted = [...rows];
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (
      end < sorted.length &&
      moment(sorted[end] ?? {}) === moment(sorted[start] ?? {}) &&
      moment(sorted[start] ?? {}) !== ''
    )
      end += 1;
    const ties = sorted.slice(start, end).toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    sorted.splice(start, end - start, ...ties);
    start = end;
  }
  return sorted;
}

function keyOf(row: Row): string {
  return String(row['id'] ?? JSON.stringify(row));
}

/** Links lead to the server that was asked, and are signed. */
function withoutLinks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutLinks(item));
  if (!isRow(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'url' || !('filename' in value))
      .map(([key, inner]) => [key, withoutLinks(inner)]),
  );
}

/** Nested records of the same moment have no order of their own either. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => inOrder(item));
    // Applications and files within a candidate.
    const isOfRecords = items.every((item) => isRow(item) && ('applied_at' in item || 'filename' in item));
    if (isOfRecords) return sortTies(items.filter((item) => isRow(item)));
    return items;
  }
  if (!isRow(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [
        key,
        key.endsWith('_ids') && Array.isArray(inner) ? inner.map(String).toSorted() : inOrder(inner),
      ]),
  );
}

/** Where two texts part. */
function firstDifference(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const from = Math.max(0, at - 60);
  return `${one.slice(from, at + 60)} instead of ${other.slice(from, at + 60)}`;
}
