// Finds records by what a person typed, and puts them in an order. A hundred thousand are searched and paged in a moment.
import document from '../../contracts/generated/control.json' with { type: 'json' };
import type { ResourceName } from '../../seeds/index.ts';
import { nearest } from '../../seeds/nearest.ts';
import type { Steps } from '../machine/slices.ts';
import { readSearch, SearchProblem, type SearchTerm } from '../requests/search-terms.ts';
import { sortInSteps } from '../store/sort-in-steps.ts';
import type { Store } from '../store/store.ts';
import { RecordTexts } from './record-texts.ts';

/** What of a resource is wanted. */
export interface RecordSearch {
  resource: ResourceName;
  /** As a person typed it; an empty one fits every record. */
  text: string;
  deleted: 'included' | 'left_out' | 'only';
  /** A field, with a minus in front for the largest first; undefined for the order of creation. */
  sort: string | undefined;
}

/** A record as the store holds it. */
type AnyRecord = Readonly<{ id: string; deleted_at: string | null }>;

/**
 * All records that fit, in the wanted order, step by step. Words and quoted texts are looked for in all that a record holds and
 * in its label, `field:value` in one field; a minus in front turns each round. What was found last in a store is found at once,
 * as long as nothing is written there.
 *
 * @param labels what each record is called
 * @throws SearchProblem where a field is named that these records do not have
 */
export function* searchRecords(
  store: Store,
  search: RecordSearch,
  labels: ReadonlyMap<string, string>,
): Steps<readonly AnyRecord[]> {
  const name = JSON.stringify([search, [...labels]]);
  const known = found.get(store);
  if (known?.name === name && known.version === store.version) return known.records;
  const { version } = store;
  const { resource, text, deleted, sort } = search;
  const fields = fieldsOf(resource);
  const terms = readSearch(text);
  const tests = terms.flatMap((term) => fieldTest(term, fields));
  const order = sort === undefined ? undefined : orderBy(sort, fields);

  const all = recordsOf(store, resource);
  yield;
  let records = all;
  for (const term of terms) {
    if (term.operator !== undefined) continue;
    const holding = yield* textsOf(store, resource).holding(all, term.value.toLowerCase());
    records = records.filter(
      (record) => (holding.has(record) || isCalled(labels.get(record.id), term)) !== term.isNegated,
    );
    yield;
  }
  if (tests.length > 0 || deleted !== 'included') {
    const isWanted = (record: AnyRecord) =>
      deleted === 'included' || (record.deleted_at !== null) === (deleted === 'only');
    records = records.filter((record) => isWanted(record) && tests.every((fits) => fits(record)));
    yield;
  }
  if (order) records = yield* order(records);
  found.set(store, { name, version, records });
  return records;
}

/**
 * Has the texts of many records ready before somebody searches them: to write them takes longer than to search them.
 * There is nothing to do where they are few, or were searched before.
 */
export function* prepareSearch(store: Store, resource: ResourceName): Steps<void> {
  const isFew = store.collection(resource).size < worthPreparing;
  if (isFew || texts.get(store)?.has(resource)) return;
  yield* textsOf(store, resource).holding(recordsOf(store, resource), '\0\0');
}

/** Records whose texts take more than a moment to write. */
const worthPreparing = 5000;

/** What was found last, and when. */
const found = new WeakMap<Store, { name: string; version: number; records: readonly AnyRecord[] }>();

/** The texts of records that were searched; they are brought up to date before they are searched again. */
const texts = new WeakMap<Store, Map<ResourceName, RecordTexts>>();

function textsOf(store: Store, resource: ResourceName): RecordTexts {
  const ofStore = texts.get(store) ?? new Map<ResourceName, RecordTexts>();
  texts.set(store, ofStore);
  const known = ofStore.get(resource) ?? new RecordTexts();
  ofStore.set(resource, known);
  return known;
}

function recordsOf(store: Store, resource: ResourceName): AnyRecord[] {
  const everything = { includeDeleted: true, conditions: [], first: 0, count: Infinity };
  const { entries } = store.collection(resource).select(everything);
  return entries.map(({ record }) => record);
}

function isCalled(label: string | undefined, { value }: SearchTerm): boolean {
  return label?.toLowerCase().includes(value.toLowerCase()) === true;
}

function fieldTest(
  { operator, value, isNegated }: SearchTerm,
  fields: readonly string[],
): ((record: AnyRecord) => boolean)[] {
  if (operator === undefined) return [];
  checkField(operator, fields, 'q');
  const wanted = value.toLowerCase();
  return [(record) => holds(Reflect.get(record, operator), wanted) !== isNegated];
}

/** Whether a text stands anywhere in a value. */
function holds(value: unknown, wanted: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(wanted);
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).some((one) => holds(one, wanted));
  }
  return value !== undefined && String(value).includes(wanted);
}

/** Puts records in the order of a field; those without a value come last, and equal ones stay in order. */
function orderBy(
  sort: string,
  fields: readonly string[],
): (records: readonly AnyRecord[]) => Steps<AnyRecord[]> {
  const isTurned = sort.startsWith('-');
  const field = isTurned ? sort.slice(1) : sort;
  checkField(field, fields, 'sort');
  const sign = isTurned ? -1 : 1;
  return function* (records) {
    const keyed = records.map((record) => ({ key: keyOf(Reflect.get(record, field)), record }));
    yield;
    const sorted = yield* sortInSteps(keyed, ({ key: one }, { key: other }) => {
      if (one === other) return 0;
      if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
      return one < other ? -sign : sign;
    });
    return sorted.map(({ record }) => record);
  };
}

/** What a value is sorted by: numbers and switches as they are, texts in small letters, lists by how long they are. */
function keyOf(value: unknown): string | number | undefined {
  if (typeof value === 'string') return value.toLowerCase();
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  if (Array.isArray(value)) return value.length;
  return value === null || value === undefined ? undefined : JSON.stringify(value);
}

/** @throws SearchProblem */
function checkField(name: string, fields: readonly string[], parameter: 'q' | 'sort'): void {
  if (fields.includes(name)) return;
  const meant = nearest(name, fields);
  const advice = meant === undefined ? `; there are: ${fields.join(', ')}` : `; did you mean "${meant}"?`;
  throw new SearchProblem(`these records have no field "${name}"${advice}`, parameter);
}

/** The fields that the records of a resource have. */
function fieldsOf(resource: ResourceName): string[] {
  const schema = Object.values(document.components.schemas).find(
    (one) => 'x-resource' in one && one['x-resource'] === resource,
  );
  return schema && 'properties' in schema ? Object.keys(schema.properties) : [];
}
