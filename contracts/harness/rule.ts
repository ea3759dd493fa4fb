// What a rule of the catalogue is. Each stands in a file of its own under `contracts/rules/`, which names it, and exports it
// as its default.
import type * as fc from 'fast-check';
import type { Evidence } from '../description.ts';
import type { GemSchemas } from '../gem.ts';
import type { Account, Adapter, ItemOf, ListName } from './adapter.ts';
import type { ActionResult, Run, GemRecords, State, RecordList, RecordOf } from './run.ts';
import type { Case } from './case.ts';

/** One statement of how Gem's records become unified items, how syncs go, or what an action writes. */
export interface Rule {
  /** The rule in plain words, as one sentence without a full stop. */
  statement: string;
  /** Where it is stated and how well that is known. */
  evidence: Evidence;
  concerns: 'reading' | 'syncing' | 'writing';
  /** What a connector has to cover for the rule to be looked at, such as `jobs.location` or `createAtsApplication`. */
  needs: readonly Need[];
  /** The actions that it is about, if it is about writing. */
  of?: readonly string[];
  /** Whether it is about the very words and forms that Gem sends: it says nothing in a world where these vary. */
  isOfForms?: boolean;
  /**
   * What to put into a world, to see whether it breaks there; it shrinks to the least that does.
   *
   * @internal
   */
  cases: fc.Arbitrary<Case>;
  /** @returns how what was seen contradicts the rule; empty when it holds */
  holds(run: Run, ask: Ask): Contradiction[] | Promise<Contradiction[]>;
  /** How connectors get it wrong: each is caught by this rule, and by no other. */
  mutants: readonly Mutant[];
}

/**
 * `jobs.location`: a field of a list's items. Otherwise the `operationId` of an action, or a word for what concerns all
 * lists: `filters`, `include_deleted`, `changed_at`, `whole items`.
 */
export type Need = `${ListName}.${string}` | (string & {});

/** Asks the connector once more, after all that was done: for rules about what a list is asked for. */
export interface Ask {
  /** All items of a list. `query` holds what the list is narrowed down by. */
  list<Name extends ListName>(list: Name, query?: Record<string, string>): Promise<ItemOf[Name][]>;
}

/** One value that is not what the rule says. */
export interface Contradiction {
  /** The record or the act that it is about, in words that find it: `job am9iO… (Field Engineer)`. */
  about: string;
  /** What of it: a field such as `location.raw`, or a word. */
  what: string;
  expected: unknown;
  got: unknown;
  /** Where in the connector it went wrong, as far as the connector tells: the lines of a stack. */
  trace?: string;
}

/** A connector that breaks one rule on purpose. */
export interface Mutant {
  /** Two to four words: `last office`. */
  name: string;
  /** Whether it gets nothing wrong but what it shows: then what a right connector showed is enough to try it out. */
  onlyShows?: boolean;
  /**
   * Wraps a right connector so that it is wrong. It is made anew for each run and may remember what was asked of it.
   *
   * @param readGem reads what Gem shows of an account just now
   */
  break(connector: Adapter, readGem?: (account: Account) => Promise<GemRecords>): Adapter;
}

/** A rule about one kind of record: what Gem shows of it beside the unified item that was made of it. */
export interface ReadingRule<List extends RecordList, Name extends ListName> extends Rule {
  concerns: 'reading';
  /** @returns how the two contradict the rule; `about` is filled in by the caller */
  judge(pair: Pair<RecordOf[List], ItemOf[Name]>): Finding[];
}

/** A record of Gem's beside its unified item, and all else that Gem shows. */
export interface Pair<Gem, Unified> {
  gem: Gem;
  unified: Unified;
  all: GemRecords;
}

/** A contradiction of the record at hand. */
export type Finding = Omit<Contradiction, 'about'>;

/** What a rule about records of one kind says of itself. */
export interface ReadingDefinition<List extends RecordList, Name extends ListName> extends Omit<
  Rule,
  'concerns' | 'holds' | 'of'
> {
  /** The list of Gem whose records it is about. */
  of: List;
  /** The unified list that they become. */
  becomes: Name;
  judge(pair: Pair<RecordOf[List], ItemOf[Name]>): Finding[];
}

/**
 * Makes a rule that is judged on every record which both sides show, after the first sync and after the last full one.
 * Records that one side lacks are other rules' business.
 */
export function readingRule<List extends RecordList, Name extends ListName>(
  definition: ReadingDefinition<List, Name>,
): ReadingRule<List, Name> {
  const { of, becomes, judge, ...rest } = definition;
  const judgePicture = ({ gem, unified }: State): Contradiction[] => {
    const items = new Map(unified[becomes].map((item) => [item.remote_id, item] as const));
    return gem[of].flatMap((record) => {
      const item = items.get(record.id);
      if (!item) return [];
      const about = nameRecord(becomes, record);
      return judge({ gem: record, unified: item, all: gem }).map((finding) =>
        toContradiction(about, finding),
      );
    });
  };
  return {
    ...rest,
    judge,
    concerns: 'reading',
    holds: ({ first, last }) => [...judgePicture(first), ...judgePicture(last)],
  };
}

/** What a rule about one action says of itself. */
export interface WritingDefinition extends Omit<Rule, 'concerns' | 'holds' | 'of'> {
  /** The actions that it is about. */
  of: readonly string[];
  /** Judges one act, of this rule's own cases or of another's. */
  judge(result: ActionResult, run: Run): Finding[];
}

/** Makes a rule that is judged on every act of its actions. */
export function writingRule(
  definition: WritingDefinition,
): Rule & { judge(result: ActionResult, run: Run): Finding[] } {
  const { of, judge, ...rest } = definition;
  return {
    ...rest,
    of,
    judge,
    concerns: 'writing',
    holds: (run) =>
      run.results
        .filter(({ action }) => of.includes(action.operation))
        .flatMap((result) =>
          judge(result, run).map((finding) =>
            toContradiction(`${result.action.operation} ${result.title}`, finding),
          ),
        ),
  };
}

/** Says what a finding is about. */
export function toContradiction(about: string, { what, expected, got }: Finding): Contradiction {
  return { about, what, expected, got };
}

/** Words by which a person finds a record. */
export function nameRecord(list: ListName, record: GemSchemas['NamedReference'] | { id: string }): string {
  const name = 'name' in record && typeof record.name === 'string' ? ` (${record.name})` : '';
  return `${list} ${record.id}${name}`;
}
