import type { ControlSchemas } from '../../contracts/control.ts';
import type { ResourceName, Labels } from '../../seeds/index.ts';
import type { Steps } from '../machine/slices.ts';
import type { Happening } from './event-log.ts';
import { toInstant } from '../../contracts/clock.ts';
import { changedFields, type Changes } from './marks.ts';

/** Why records changed. */
export type Cause = ControlSchemas['Cause'];

/** One record before and after: the very objects that the store holds, or held. */
export interface RecordChange {
  readonly resource: ResourceName;
  readonly id: string;
  /** Undefined where it was created. */
  readonly before: object | undefined;
  after: object;
}

/** All that changed at once, for one reason. */
export interface ChangeGroup {
  /** By the world's clock, in milliseconds. */
  readonly at: number;
  /** A request has no number in it until it is answered. */
  readonly cause: Cause;
  changes: RecordChange[];
  bytes: number;
}

/** What a world's history may take in memory, in bytes, roughly; the oldest changes are forgotten first. */
export const historyBytes = 8 * 1024 * 1024;

/**
 * What changed in a world since it began, and why. It holds the records themselves, which are never changed but replaced; what is
 * different between two of them is found when somebody asks.
 */
export class History {
  readonly #maxBytes: number;
  readonly #now: () => number;
  readonly #tell: (happening: Happening) => void;
  #groups: ChangeGroup[] = [];
  #open: ChangeGroup | undefined;
  #bytes = 0;
  #isComplete = true;
  #forgottenRequest = 0;

  /**
   * @param world.now what its clock shows
   * @param world.tell is told of every group of changes once it is done
   */
  constructor(
    { now, tell }: { now: () => number; tell: (happening: Happening) => void },
    maxBytes = historyBytes,
  ) {
    this.#now = now;
    this.#tell = tell;
    this.#maxBytes = maxBytes;
  }

  /** The changes that are remembered, oldest first. */
  get groups(): readonly ChangeGroup[] {
    return this.#groups;
  }

  /** Whether nothing is forgotten since the world began. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Whether what a request changed may be among what is forgotten. */
  hasForgotten(request: number): boolean {
    return request <= this.#forgottenRequest;
  }

  /** Forgets everything: the world begins anew. */
  clear(): void {
    this.#forgottenRequest = 0;
    this.#groups = [];
    this.#open = undefined;
    this.#bytes = 0;
    this.#isComplete = true;
  }

  /** Lets the requests that came so far have no number any more: those that come next begin at 1 again. */
  forgetNumbers(): void {
    this.#forgottenRequest = 0;
    for (const { cause } of this.#groups) if (cause.by === 'request') cause.request = null;
  }

  /** Does some work, which has to be done when it returns; what it changes has a cause. */
  during<Result>(cause: Cause, work: () => Result): Result {
    const [outer, group] = this.#begin(cause);
    try {
      return work();
    } finally {
      this.#end(group, outer);
    }
  }

  /** The same with work that is done step by step. */
  *duringSteps<Result>(cause: Cause, work: Steps<Result>): Steps<Result> {
    const [outer, group] = this.#begin(cause);
    try {
      return yield* work;
    } finally {
      this.#end(group, outer);
    }
  }

  /** How far it has come, for {@link rewind}. */
  mark(): number {
    return this.#open?.changes.length ?? 0;
  }

  /** Takes back what was noted since, because nothing of it stays. */
  rewind(mark: number): void {
    this.#open?.changes.splice(mark);
  }

  /** Notes that a record took the place of another one, or of none. */
  readonly note = (
    resource: ResourceName,
    before: { id: string } | undefined,
    after: { id: string },
    bytes: number,
  ): void => {
    const change = { resource, id: after.id, before, after };
    const open = this.#open;
    if (open) {
      open.changes.push(change);
      open.bytes += bytes;
    } else {
      this.during({ by: 'other' }, () => this.note(resource, before, after, bytes));
    }
  };

  #begin(cause: Cause): [ChangeGroup | undefined, ChangeGroup] {
    const outer = this.#open;
    const group = { at: this.#now(), cause, changes: [], bytes: 0 };
    this.#open = group;
    return [outer, group];
  }

  #end(group: ChangeGroup, outer: ChangeGroup | undefined): void {
    // In a world that began anew meanwhile nothing of it is left.
    if (this.#open !== group) return;
    this.#open = outer;
    if (group.changes.length === 0) return;
    group.changes = eachOnce(group.changes);
    const { cause, changes } = group;
    const records = changes.slice(0, maxTold).map(toTouched);
    this.#tell({ type: 'change', cause, count: changes.length, records });
    this.#groups.push(group);
    this.#bytes += group.bytes;
    while (this.#bytes > this.#maxBytes) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const oldest = this.#groups.shift();
    this.#isComplete = false;
    this.#bytes -= oldest?.bytes ?? this.#bytes;
    this.#forgottenRequest = Math.max(this.#forgottenRequest, oldest?.cause.request ?? 0);
  }
}

/** Records that an event names. */
const maxTold = 20;

/** Of several changes of a record, from the first to the last. */
function eachOnce(changes: readonly RecordChange[]): RecordChange[] {
  if (changes.length === 1) return [...changes];
  const last = new Map<string, RecordChange>();
  for (const change of changes) {
    const key = `${change.resource} ${change.id}`;
    const earlier = last.get(key);
    if (earlier) earlier.after = change.after;
    else last.set(key, change);
  }
  return [...last.values()];
}

/** What happened to a record. */
export function whatHappened({ before, after }: RecordChange): ControlSchemas['WhatHappened'] {
  if (!before) return 'created';
  return isDeleted(after) && !isDeleted(before) ? 'deleted' : 'changed';
}

function isDeleted(record: object): boolean {
  return 'deleted_at' in record && record.deleted_at !== null;
}

function toTouched(change: RecordChange): ControlSchemas['TouchedRecord'] {
  return { resource: change.resource, id: change.id, what: whatHappened(change) };
}

// What a world's history tells of one record, and of one request.

/** Every change of a record that made a difference, the newest first. */
export function historyOf(
  { groups }: History,
  resource: ResourceName,
  id: string,
): ControlSchemas['HistoryEntry'][] {
  return groups.toReversed().flatMap(({ at, cause, changes }) =>
    changes
      .filter((change) => change.id === id && change.resource === resource)
      .map((change) => ({
        at: toInstant(at),
        what: whatHappened(change),
        cause,
        fields: changedFields(change.before ?? {}, change.after),
      }))
      .filter(({ what, fields }) => what === 'created' || Object.keys(fields).length > 0),
  );
}

/** What a request created, changed and deleted. */
export function changesOfRequest({ groups }: History, number: number, labels: Labels): Changes {
  const changes: Changes = { created: [], changed: [], deleted: [] };
  const group = groups.find(({ cause }) => cause.by === 'request' && cause.request === number);
  for (const change of group?.changes ?? []) {
    const { resource, id, before, after } = change;
    const [label] =
      Object.entries(labels).find(([, one]) => one.id === id && one.resource === resource) ?? [];
    const named = { resource, id, ...(label !== undefined && { label }) };
    const what = whatHappened(change);
    if (what === 'created') {
      changes.created.push({ ...named, record: { ...after } });
      continue;
    }
    const fields = changedFields(before ?? {}, after);
    if (Object.keys(fields).length > 0) changes[what].push({ ...named, fields });
  }
  return changes;
}
