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
  for (const { operator } of terms) if (operator !== undefined) checkField(operator, fields, 'q');
  const order = sort === undefined ? undefined : orderBy(sort, fields);

  const { records: all, texts } = heldOf(store, resource);
  yield;
  // The places of those that fit all terms so far, rising; the rarest first, so that hardly any are left to look through.
  const everywhere = () => [...all.keys()];
  let places: readonly number[] | undefined;
  for (const term of terms.toSorted(byRarity)) {
    const fits = yield* placesOf(term, all, places, { texts, labels });
    if (term.isNegated) {
      const spared = new Set(fits);
      places = (places ?? everywhere()).filter((place) => !spared.has(place));
    } else places = fits;
    yield;
  }
  let records: readonly AnyRecord[] = recordsAt(places ?? everywhere(), all, deleted);
  yield;
  if (order) records = yield* order(records);
  found.set(store, { name, version, records });
  return records;
}

/** The records of some places, deleted or not as wanted. One loop: of a letter that all hold there are as many as there are records. */
function recordsAt(
  places: readonly number[],
  all: readonly AnyRecord[],
  deleted: RecordSearch['deleted'],
): AnyRecord[] {
  const records: AnyRecord[] = [];
  for (const place of places) {
    const record = all[place];
    if (!record) continue;
    if (deleted === 'included' || (record.deleted_at !== null) === (deleted === 'only')) records.push(record);
  }
  return records;
}

/** Long words are rare, and what is turned round fits most. */
function byRarity(one: SearchTerm, other: SearchTerm): number {
  return Number(one.isNegated) - Number(other.isNegated) || other.value.length - one.value.length;
}

/** Which of some places, or of all, a term fits, whether it is turned round or not. */
function* placesOf(
  { operator, value }: SearchTerm,
  all: readonly AnyRecord[],
  among: readonly number[] | undefined,
  { texts, labels }: { texts: RecordTexts; labels: ReadonlyMap<string, string> },
): Steps<readonly number[]> {
  const wanted = value.toLowerCase();
  const places = yield* texts.holding(all, wanted, among);
  // What stands in one field stands among all texts as well.
  if (operator !== undefined) {
    return places.filter((place) => holds(Reflect.get(all[place] ?? {}, operator), wanted));
  }
  const called = new Set(
    [...labels].filter(([, label]) => label.toLowerCase().includes(wanted)).map(([id]) => id),
  );
  if (called.size === 0) return places;
  const holding = new Set(places);
  return (among ?? [...all.keys()]).filter((place) => holding.has(place) || called.has(all[place]?.id ?? ''));
}

/**
 * Has the texts of many records ready before somebody searches them: to write them takes longer than to search them.
 * There is nothing to do where they are few, or were searched before.
 *
 * @param resource left out, the one that people search most
 */
export function* prepareSearch(store: Store, resource: ResourceName = 'candidates'): Steps<void> {
  const isFew = store.collection(resource).size < worthPreparing;
  if (isFew || held.get(store)?.has(resource)) return;
  const { records, texts } = heldOf(store, resource);
  yield* texts.write(records);
}

/** Records whose texts take more than a moment to write. */
const worthPreparing = 5000;

/** What was found last, and when. */
const found = new WeakMap<Store, { name: string; version: number; records: readonly AnyRecord[] }>();

/** The records of a resource, as they were when somebody last looked, and their texts. */
interface HeldRecords {
  version: number;
  records: readonly AnyRecord[];
  texts: RecordTexts;
}

const held = new WeakMap<Store, Map<ResourceName, HeldRecords>>();

/** They are brought up to date before they are searched again. */
function heldOf(store: Store, resource: ResourceName): HeldRecords {
  const ofStore = held.get(store) ?? new Map<ResourceName, HeldRecords>();
  held.set(store, ofStore);
  const known = ofStore.get(resource);
  if (known?.version === store.version) return known;
  const everything = { includeDeleted: true, conditions: [], first: 0, count: Infinity };
  const { entries } = store.collection(resource).select(everything);
  const { version } = store;
  const records = entries.map(({ record }) => record);
  const current = { version, records, texts: known?.texts ?? new RecordTexts() };
  ofStore.set(resource, current);
  return current;
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
