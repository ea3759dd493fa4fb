// Asks two emulators for the same, one of which holds the captured account of the other, and tells where they differ.
import type { GemSchemas } from '../../../contracts/gem.ts';
import { fillPath } from '../../../contracts/calls.ts';
import { gemDescription } from '../../../contracts/gem.ts';
import { createAsk } from '../../../mock-server/capture/ask.ts';
import { createGate } from '../../../mock-server/capture/gate.ts';
import { createPseudonymiser, type Pseudonymiser } from '../../../mock-server/capture/pseudonymise.ts';
import { readAccount } from '../../../mock-server/capture/read-account.ts';
import { nowhere } from '../../../mock-server/capture/staging.ts';
import { isRow, stepsOf, type Row } from '../../../mock-server/capture/steps.ts';
import { comparedLists, type ComparedList } from './compared-lists.ts';
import type { SteeredWorld } from '../../../mock-server/control/steered-world.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import type { Snapshot } from '../../../mock-server/snapshots/snapshot.ts';
import { captured, captureOptions } from '../../support/captured.ts';

/** Gives what an original record is in the captured account. */
type Rename = (schema: keyof GemSchemas, row: Row) => Row;

type Asked = Pick<MockGem, 'url' | 'apiKey'>;

/**
 * Captures a world, opens what came of it in the same emulator, and tells what that answers otherwise. The clock stands still,
 * so that nothing changes meanwhile.
 */
export async function differencesOnceCaptured(
  { control }: Pick<MockGem, 'control'>,
  world: SteeredWorld,
  { samples }: { samples: number },
): Promise<{ differences: string[]; snapshot: Snapshot }> {
  await world.clock.freeze();
  const original = { url: world.url, apiKey: world.key };
  const { snapshot } = await captured(original);
  const copy = await control.openWorld({});
  try {
    await copy.import({ ...snapshot, switches: { rate_limit: 'off' } });
    const other = { url: copy.url, apiKey: copy.key };
    return { snapshot, differences: await allDifferences(original, other, { samples }) };
  } finally {
    await copy.drop();
  }
}

/** What all lists and filters of the captured account answer otherwise. */
async function allDifferences(
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
  const list = comparedList(operation);
  const found: string[] = [];
  const compare = async (name: string, here: Question, there: Question) => {
    const [theirs, ours] = [await read(original, here), await read(copy, there)];
    // An address that is none is refused, and its stand-in is none either.
    if (!Array.isArray(theirs) || !Array.isArray(ours)) {
      if (String(theirs) !== String(ours))
        found.push(`${operation} ${name}: refused by one of them alone: ${JSON.stringify([here, there])}`);
      return;
    }
    const wanted = theirs.map((row) => rename(list.schema, row));
    const [one, other] = [settled(wanted), settled(ours)];
    if (one.length !== other.length)
      return void found.push(`${operation} ${name}: ${other.length} records instead of ${one.length}`);
    const index = one.findIndex((row, place) => row !== other[place]);
    if (index !== -1)
      found.push(`${operation} ${name}: ${firstDifference(one[index] ?? '', other[index] ?? '')}`);
  };
  const deleted = takes(operation, 'include_deleted') ? { include_deleted: true } : {};
  /** Values of a record of a list, here and there. */
  const valuesOf = (of: string, value: (row: Row) => unknown, rows: readonly Row[]) =>
    rows
      .map((row) => [value(row), value(rename(comparedList(of).schema, row))] as const)
      .filter(([here]) => here !== null && here !== undefined);
  const places: (readonly [Question['path'], Question['path']])[] = [];
  if (list.each) {
    const { parameter, list: of } = list.each;
    const owners = await rowsOf(original, { operation: of, query: {} });
    for (const [here, there] of valuesOf(of, ({ id }) => id, owners.slice(0, 2 * samples)))
      places.push([{ [parameter]: String(here) }, { [parameter]: String(there) }]);
  } else if (list.words) {
    const { parameter, words } = list.words;
    for (const word of words) places.push([{ [parameter]: word }, { [parameter]: word }]);
  } else places.push([{}, {}]);
  for (const [here, there] of places) {
    const ask = (name: string, one: Query, other: Query) =>
      compare(name, { operation, path: here, query: one }, { operation, path: there, query: other });
    await ask('whole', deleted, deleted);
    await ask('of the living', {}, {});
    const rows = await rowsOf(original, { operation, path: here, query: deleted });
    const values = Object.entries(list.filters).flatMap(([name, value]) =>
      valuesOf(operation, value, rows.slice(0, samples)).map(([one, other]) => [name, one, other] as const),
    );
    for (const [name, { list: of, value }] of Object.entries(list.elsewhere ?? {})) {
      const others = await rowsOf(original, { operation: of, query: {} });
      for (const [one, other] of valuesOf(of, value, others).slice(0, samples))
        values.push([name, one, other]);
    }
    for (const [name, one, other] of values)
      await ask(name, { ...deleted, [name]: one }, { ...deleted, [name]: other });
  }
  return found;
}

function comparedList(operation: string): ComparedList {
  const list = comparedLists[operation];
  if (!list) throw new Error(`nobody says how ${operation} is compared`);
  return list;
}

/** A list that there is; of what was deleted there is none. */
async function rowsOf(gem: Asked, question: Question): Promise<Row[]> {
  const rows = await read(gem, question);
  return Array.isArray(rows) ? rows : [];
}

interface Question {
  operation: string;
  path?: Readonly<Record<string, string>> | undefined;
  query: Query;
}

type Query = Readonly<Record<string, unknown>>;

/** All pages of a list, or the status with which it is refused. */
async function read(gem: Asked, { operation, path = {}, query }: Question): Promise<Row[] | number> {
  const address = gem.url + fillPath(gemDescription.operations.get(operation)?.path ?? '', path);
  const size = takes(operation, 'page_size') ? { page_size: 100 } : { per_page: 500 };
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const search = new URLSearchParams(
      Object.entries({ ...size, page, ...query }).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
    );
    const answer = await fetch(`${address}?${search}`, { headers: { 'X-API-Key': gem.apiKey } });
    const body: unknown = await answer.json();
    if (!Array.isArray(body)) return answer.status;
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
      .filter(([key]) => key !== 'download_url' && (key !== 'url' || !('filename' in value)))
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
