// One run: what the harness saw of one world, at Gem and in the unified API.
import type { ControlSchemas } from '../control.ts';
import type { ItemOf, ListName, RecordList, RecordOf } from './lists.ts';
import type { SyncType } from './adapter.ts';
import type { Action } from './case.ts';

/** Everything that Gem shows, with deleted records where it shows them. */
export type GemRecords = { readonly [List in RecordList]: readonly RecordOf[List][] };

/** Everything that the unified API shows. */
export type UnifiedItems = { readonly [Name in ListName]: readonly ItemOf[Name][] };

/** Both sides at one moment, right after a sync. */
export interface State {
  /** The moment in words that go after `after`: `the first sync`. */
  name: string;
  /** The sync that it follows. */
  sync: SyncType;
  /** Gem's clock when that sync began. */
  startedAt: string;
  /** What went wrong at Gem during the sync; nothing for most. */
  faults: readonly string[];
  /** Why the sync failed then, if it did: it was made once more, while Gem was well. */
  failure: string | undefined;
  /** What the lists showed between the two syncs, if it failed and was not the first. */
  afterFailure: UnifiedItems | undefined;
  /** The lists that the connector says it covers. */
  lists: readonly ListName[];
  gem: GemRecords;
  /** What the lists show by default. */
  unified: UnifiedItems;
  /** The same with `include_deleted`. */
  withDeleted: UnifiedItems;
}

/** All that was seen, in the order in which it happened. */
export interface Run {
  /** Every state of the world's life, one after the other. Those below are among them. */
  states: readonly State[];
  /** After the first, full sync. */
  first: State;
  /** After another full sync, without any change in between. */
  again: State;
  /** The last state before any action: after all edits, and a full sync. */
  last: State;
  /** The actions that the connector was asked for, in this order. */
  results: readonly ActionResult[];
  /** After all actions and a delta sync; the same as `last` when there were no actions. */
  after: State;
  /** The ids at Gem of the labelled records, by label. */
  ids: ReadonlyMap<string, string>;
  /** The Gem user in whose name the connector has to write. */
  actingUserId: string;
}

/** One action and its result. */
export interface ActionResult {
  action: Action;
  /** Words by which a person finds the action. */
  title: string;
  /** The path parameters and the body as they were sent. */
  sent: { path: Readonly<Record<string, string>>; body: unknown };
  /** The HTTP status of the answer, or what the adapter gave for it. */
  status: number;
  /** The whole body of the answer. */
  answer: unknown;
  /** The changes in the emulator's world: its own records, not what Gem's API shows of them. */
  changes: ControlSchemas['Changes'];
  /** The requests to Gem in the meantime. */
  requests: readonly ControlSchemas['RecordedRequest'][];
  /** These lists right after the action. */
  shown: Pick<UnifiedItems, 'candidates' | 'applications'>;
}

/**
 * Judges state after state. What is wrong in several is told once, where it is wrong for the first time; of a later state than
 * the first it is said which that was.
 *
 * @param judge gets each state, and the one before it
 */
export function throughout<Verdict extends { about: string; what: string } | 'right'>(
  states: readonly State[],
  judge: (state: State, before: State | undefined) => readonly Verdict[],
): Verdict[] {
  const told = new Set<string>();
  return states.flatMap((state, index) => {
    const toldBefore = new Set(told);
    return judge(state, states[index - 1]).flatMap((one): Verdict[] => {
      if (one === 'right') return [one];
      const key = `${one.about}: ${one.what}`;
      told.add(key);
      if (toldBefore.has(key)) return [];
      return [index === 0 ? one : Object.assign({}, one, { about: `${one.about}, after ${state.name}` })];
    });
  });
}
