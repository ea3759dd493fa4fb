import { isDeepStrictEqual } from 'node:util';
import { type Labels, resourceNames, type RecordTypes, type ResourceName } from '../../seeds/index.ts';
import { nearest } from '../../seeds/nearest.ts';
import type { ControlSchemas } from '../../contracts/control.ts';
import { atOnce, type Steps } from '../machine/slices.ts';
import type { Store } from '../store/store.ts';

/** How many moments a world remembers, besides its start. */
export const maxMarks = 1000;

/** A mark that cannot be made or is not there; the message says what to do. */
export class MarkProblem extends Error {}

/** What a moment of a world consists of, and what its records are called. */
interface Present {
  readonly store: Store;
  readonly labels: Labels;
}

/** Moments of a world that later ones can be held against. `start` is how it began after its last reset. */
export class Marks {
  readonly #present: Present;
  #stores = new Map<string, Store>();
  #count = 0;

  constructor(present: Present) {
    this.#present = present;
  }

  /** Forgets all marks but the start. @param began the records that the world starts from; they are never changed */
  clear(began: Store): void {
    this.#stores = new Map([[start, began]]);
    this.#count = 0;
  }

  /** The names of the marks there are, oldest first. */
  names(): string[] {
    return [...this.#stores.keys()];
  }

  /**
   * Remembers the present moment. A name that was used before means the present moment from now on; of more than
   * {@link maxMarks} marks the oldest are forgotten.
   *
   * @returns the name, which is made up where none is given
   * @throws MarkProblem for the name of the start
   */
  mark(name?: string): string {
    if (name === start)
      throw new MarkProblem(`"${start}" is always how the world began; choose another name`);
    const own = name ?? this.#unusedName();
    this.#stores.delete(own);
    this.#stores.set(own, this.#present.store.fork());
    const [, oldest] = this.#stores.keys();
    if (oldest !== undefined && this.#stores.size > maxMarks + 1) this.#stores.delete(oldest);
    return own;
  }

  /**
   * What is different now.
   *
   * @param mark the moment to hold the present against; the start where none is given
   * @throws MarkProblem that names the marks there are
   */
  changesSince(mark = start): Changes {
    return atOnce(this.changesInSteps(mark));
  }

  /**
   * The same, step by step; what is written after the first one is not in it.
   *
   * @param until the mark of a moment to hold it against; the present where none is given
   */
  *changesInSteps(mark = start, until?: string): Steps<Changes> {
    const before = this.#marked(mark);
    const after = until === undefined ? this.#present.store.fork() : this.#marked(until);
    return yield* changesBetween(before, after, this.#present.labels);
  }

  #marked(mark: string): Store {
    const store = this.#stores.get(mark);
    if (!store) throw new MarkProblem(this.#unknown(mark));
    return store;
  }

  #unusedName(): string {
    do this.#count += 1;
    while (this.#stores.has(`mark-${this.#count}`));
    return `mark-${this.#count}`;
  }

  #unknown(mark: string): string {
    const names = this.names();
    const meant = nearest(mark, names);
    const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
    const advice =
      meant === undefined ? `there are: ${shown}` : `did you mean "${meant}"? There are: ${shown}`;
    const bound = names.length > maxMarks ? ` Only the newest ${maxMarks} are kept.` : '';
    return `no mark is called "${mark}"; ${advice}.${bound}`;
  }
}

const start = 'start';

/** What is different between two moments of a world. */
export type Changes = ControlSchemas['Changes'];

type ChangedFields = ControlSchemas['ChangedFields'];

/**
 * What is different in one store from another, in the order of resources and then of listings, step by step: there must
 * be no write to either meanwhile. Forks share the records that neither has changed, so that hardly any are looked at.
 */
function* changesBetween(before: Store, after: Store, labels: Labels): Steps<Changes> {
  const changes: Changes = { created: [], changed: [], deleted: [] };
  const labelled = new Map(
    Object.entries(labels).map(([label, { resource, id }]) => [`${resource} ${id}`, label]),
  );
  for (const resource of resourceNames) {
    for (const [index, record] of changedRecords(before, after, resource).entries()) {
      if (index % stretch === 0) yield;
      const old = before.get(resource, record.id);
      const { id } = record;
      const label = labelled.get(`${resource} ${id}`);
      const named = { resource, id, ...(label !== undefined && { label }) };
      if (!old) {
        changes.created.push({ ...named, record: { ...record } });
        continue;
      }
      const fields = changedFields(old, record);
      if (Object.keys(fields).length === 0) continue;
      const isDeleted = old.deleted_at === null && record.deleted_at !== null;
      changes[isDeleted ? 'deleted' : 'changed'].push({ ...named, fields });
    }
  }
  return changes;
}

/** Records that are looked at in one step. */
const stretch = 64;

function changedRecords<Name extends ResourceName>(
  before: Store,
  after: Store,
  name: Name,
): RecordTypes[Name][] {
  return after.collection(name).changedSince(before.collection(name));
}

/** The fields that are different; one that came or went is missing on the other side. */
export function changedFields(before: object, after: object): ChangedFields {
  const fields: ChangedFields = {};
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now]: unknown[] = [Reflect.get(before, field), Reflect.get(after, field)];
    if (old === now || isDeepStrictEqual(old, now)) continue;
    fields[field] = { ...(field in before && { before: old }), ...(field in after && { after: now }) };
  }
  return fields;
}
