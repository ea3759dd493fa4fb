// What a rule is. Each is the default export of a file under `contracts/rules/`, which gives it its name.
import type * as fc from 'fast-check';
import type { Evidence } from '../description.ts';
import type { GemSchemas } from '../gem.ts';
import type { Account, Adapter } from './adapter.ts';
import type { ItemOf, ListName } from './lists.ts';
import { type ActionResult, type Run, type GemRecords, type State, throughout } from './run.ts';
import type { RecordList, RecordOf } from './lists.ts';
import type { Case } from './case.ts';

/** One statement of how Gem's records become unified items, how syncs go, or what an action writes. */
export interface Rule {
  /** The rule in plain words, as one sentence without a full stop. */
  statement: string;
  /** Where it is stated and how well that is known. */
  evidence: Evidence;
  concerns: 'reading' | 'syncing' | 'writing';
  /** What a connector must cover for the rule to apply, such as `jobs.location` or `createAtsApplication`. */
  needs: readonly Need[];
  /** The actions that it is about, if it is about writing. */
  of?: readonly string[];
  /** The fields that it is about, where those are not the ones that it needs: `job-postings.title`; `*.id` is that of all models. */
  about?: readonly string[];
  /** The inputs of its actions that it is about: `candidate.first_name`. */
  inputs?: readonly string[];
  /** Whether it is about the exact forms that Gem sends. It does not apply in worlds where these vary. */
  isOfForms?: boolean;
  /** Whether it compares one list with another, or with an answer. Then it also sees mistakes of either that are another rule's. */
  comparesLists?: boolean;
  /**
   * What is put into a world to see whether the rule breaks there. It shrinks to the smallest case that breaks it.
   *
   * @internal
   */
  cases: fc.Arbitrary<Case>;
  /** @returns what it compared in a run, right or wrong; nothing where nothing was there that could have broken it */
  holds(run: Run, ask: Ask): Verdict[] | Promise<Verdict[]>;
  /** What a user should know of a run although it breaks nothing. */
  notes?(run: Run): readonly string[];
  /** What there must be for the rule to be observed, in words. */
  wants: string;
  /** Broken connectors: each is caught by this rule, and by no other but those that compare lists. */
  mutants: readonly Mutant[];
}

/**
 * A field of a list's items, such as `jobs.location`; the `operationId` of an action; or a word for what concerns all lists:
 * `filters`, `include_deleted`, `changed_at`, `whole items`.
 */
export type Need = `${ListName}.${string}` | (string & {});

/** Asks the connector once more at the end of a run: for rules about filters of lists. */
export interface Ask {
  /** All items of a list. `query` holds its filters. */
  list<Name extends ListName>(list: Name, query?: Record<string, string>): Promise<ItemOf[Name][]>;
}

/** One value that is not what the rule says. */
export interface Contradiction {
  /** The record or the action that it is about, in words that find it: `job am9iO… (Field Engineer)`. */
  about: string;
  /** The part of it that is wrong: a field such as `location.raw`, or a word. */
  what: string;
  expected: unknown;
  got: unknown;
  /** Lines of a stack that show where the connector failed, if it gives any. */
  trace?: string;
}

/** A comparison that came out as the rule says. It counts: a rule that compared nothing was not observed. */
export const right = 'right';

/** One comparison of a rule, and the record or action that it is about where it is wrong. */
export type Verdict = Contradiction | typeof right;

/** The same before it is known which record it is about. */
export type Check = Finding | typeof right;

/** The comparisons that came out wrong. */
export function wrongOnes<Wrong extends object>(all: readonly (Wrong | typeof right)[]): Wrong[] {
  return all.filter((one) => one !== right);
}

/** A connector that breaks one rule on purpose. */
export interface Mutant {
  /** Two to four words: `last office`. */
  name: string;
  /** Whether it only shows wrong values. Then it can be tried on the recorded answers of a right connector. */
  onlyShows?: boolean;
  /**
   * Wraps a right connector so that it is wrong. Each run gets a new one, so it may remember earlier calls.
   *
   * @param readGem reads the current records of an account from Gem
   */
  break(connector: Adapter, readGem?: (account: Account) => Promise<GemRecords>): Adapter;
}

/** A rule about one kind of record: it compares the record at Gem with its unified item. */
export interface ReadingRule<List extends RecordList, Name extends ListName> extends Rule {
  concerns: 'reading';
  /** @returns what it compared of the two; the caller fills in `about` */
  judge(pair: Pair<RecordOf[List], ItemOf[Name]>): Check[];
}

/** A record at Gem, its unified item, and everything else that Gem shows. */
export interface Pair<Gem, Unified> {
  gem: Gem;
  unified: Unified;
  all: GemRecords;
}

/** A contradiction without the record that it is about. */
export type Finding = Omit<Contradiction, 'about'>;

/** The parts of a reading rule. */
export interface ReadingDefinition<List extends RecordList, Name extends ListName> extends Omit<
  Rule,
  'concerns' | 'holds' | 'of' | 'wants'
> {
  /** The list of Gem whose records it is about. */
  of: List;
  /** The unified list that they become. */
  becomes: Name;
  judge(pair: Pair<RecordOf[List], ItemOf[Name]>): Check[];
}

/**
 * Makes a rule that judges every record which both sides show, in every state of the world's life. Records that are missing
 * on one side are left to other rules, and so is what a delta sync did not bring.
 */
export function readingRule<List extends RecordList, Name extends ListName>(
  definition: ReadingDefinition<List, Name>,
): ReadingRule<List, Name> {
  const { of, becomes, judge, ...rest } = definition;
  const judgeState = (state: State, earlier: readonly State[]): Verdict[] => {
    const items = new Map(state.unified[becomes].map((item) => [item.remote_id, item] as const));
    return state.gem[of].flatMap((record) => {
      const item = items.get(record.id);
      if (!item || (state.sync === 'DELTA' && isGone(record))) return [];
      const checks = judge({ gem: record, unified: item, all: state.gem });
      const isWrong = checks.some((one) => one !== right);
      if (isWrong && state.sync === 'DELTA' && earlier.some((one) => isStale(item, one))) return [];
      const about = nameRecord(becomes, record);
      return checks.map((check) => toVerdict(about, check));
    });
  };
  /** Whether an item is right, only not any more: it shows what Gem had in an earlier state. */
  const isStale = (item: ItemOf[Name], { gem }: State): boolean => {
    const record: RecordOf[List] | undefined = gem[of].find(({ id }) => id === item.remote_id);
    return (
      record !== undefined && judge({ gem: record, unified: item, all: gem }).every((one) => one === right)
    );
  };
  return {
    ...rest,
    judge,
    concerns: 'reading',
    wants: `an item of ${becomes} whose remote_id is that of a record at Gem, with what the rule is about`,
    holds: ({ states }) =>
      throughout(states, (state) => judgeState(state, states.slice(0, states.indexOf(state)))),
  };
}

function isGone(record: object): boolean {
  return 'deleted_at' in record && typeof record.deleted_at === 'string';
}

/** The parts of a writing rule. */
export interface WritingDefinition extends Omit<Rule, 'concerns' | 'holds' | 'of' | 'wants'> {
  /** The actions that it is about. */
  of: readonly string[];
  /** Whether it is about actions during which Gem fails, and no others. */
  isOfFaults?: boolean;
  /** Whether it looks as well at actions on what recruiters have changed since the last sync. */
  seesEdits?: boolean;
  /** Judges one action, of this rule's own cases or of another's. */
  judge(result: ActionResult, run: Run): Check[];
}

/** Makes a rule that judges every result of its actions. */
export function writingRule(
  definition: WritingDefinition,
): Rule & { judge(result: ActionResult, run: Run): Check[] } {
  const { of, judge, isOfFaults = false, seesEdits = false, ...rest } = definition;
  return {
    ...rest,
    of,
    judge,
    concerns: 'writing',
    wants: `an answer to ${of.join(' or ')} that the rule says something about`,
    holds: (run) =>
      run.results
        .filter(({ action }) => of.includes(action.operation))
        .filter(({ action: { faults = [] } }) => faults.length > 0 === isOfFaults)
        .filter(({ action: { edits = [] } }) => seesEdits || edits.length === 0)
        .flatMap((result) =>
          judge(result, run).map((check) => toVerdict(`${result.action.operation} ${result.title}`, check)),
        ),
  };
}

/** Adds to a finding what it is about. */
export function toContradiction(about: string, { what, expected, got }: Finding): Contradiction {
  return { about, what, expected, got };
}

/** Adds to a check what it is about. */
export function toVerdict(about: string, check: Check): Verdict {
  return check === right ? right : toContradiction(about, check);
}

/** Words by which a person finds a record. */
export function nameRecord(list: ListName, record: GemSchemas['NamedReference'] | { id: string }): string {
  const name = 'name' in record && typeof record.name === 'string' ? ` (${record.name})` : '';
  return `${list} ${record.id}${name}`;
}
