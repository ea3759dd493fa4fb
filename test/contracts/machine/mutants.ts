// Connectors that get one step of one field wrong, made by machine: each changes what a right connector showed.
import { listNames, type ListName } from '../../../contracts/harness/lists.ts';
import { nestedPartsOf } from '../../../contracts/harness/described-lists.ts';
import type { NamedRule } from '../../../contracts/harness/load-rules.ts';
import type { Ask } from '../../../contracts/harness/rule.ts';
import type { ActionResult, Run, State, UnifiedItems } from '../../../contracts/harness/run.ts';
import { changeAt } from './change-values.ts';
import { fields, nameOf, type Field } from './fields.ts';
import { steps, type Step } from './steps.ts';

/** One mistake in one place. */
export interface MachineMutant {
  /** The place, such as `jobs.hiring_team[].email`. */
  place: string;
  /** The mistake, such as `a neighbour's`. */
  step: string;
  /** @returns the run as such a connector would have shown it; undefined where there was nothing to get wrong */
  change(run: Run): Run | undefined;
  /** What it answers to further questions, where that is what is wrong. */
  wrap?(ask: Ask): Ask;
  /** Whether a rule may judge it. */
  isJudgedBy(rule: NamedRule): boolean;
}

/** Mistakes in what the lists show. */
export const shownMutants: readonly MachineMutant[] = fields
  .flatMap(ofEveryStep)
  .concat(listNames.flatMap(ofList));

function ofEveryStep(field: Field): MachineMutant[] {
  const wrong = Object.entries(steps).map(([step, change]) =>
    ofField(field, step, (run) => changeField(run, field, change)),
  );
  const stale = ofField(field, 'as at the first sync', (run) => makeStale(run, field));
  return field.path.length === 1 ? wrong.concat(stale) : wrong;
}

function ofField(field: Field, step: string, change: MachineMutant['change']): MachineMutant {
  const isNested = nestedPartsOf(field.list).some(({ name }) => name === field.path[0]);
  return {
    place: nameOf(field),
    step,
    change,
    // One that stores a value wrongly shows it wrongly everywhere, and filters by it: only rules that look at Gem may see it.
    isJudgedBy: ({ rule }) => !rule.needs.includes('filters') && (isNested || rule.comparesLists !== true),
  };
}

function changeField(run: Run, { list, path, types, words }: Field, step: Step): Run | undefined {
  const wrong = (items: readonly unknown[]) =>
    changeAt(items, path, (place) => step({ ...place, types, words }));
  return changeLists(run, list, wrong);
}

/** A value that never changes after the first sync. */
function makeStale(run: Run, { list, path }: Field): Run | undefined {
  const [key = ''] = path;
  const before = new Map(
    run.first.withDeleted[list].map((item) => [item.id, Reflect.get(item, key)] as const),
  );
  return changeLists(run, list, (items) =>
    items.map((item) => {
      const id: unknown = Reflect.get(Object(item), 'id');
      const old = typeof id === 'string' ? before.get(id) : undefined;
      const isSame =
        old === undefined || JSON.stringify(old) === JSON.stringify(Reflect.get(Object(item), key));
      return isSame ? item : Object.assign({}, item, { [key]: old });
    }),
  );
}

/** Mistakes with whole items. */
function ofList(list: ListName): MachineMutant[] {
  const wrong: Readonly<Record<string, (items: readonly unknown[]) => readonly unknown[]>> = {
    'nothing at all': () => [],
    'first item only': (items) => items.slice(0, 1),
    'last item only': (items) => items.slice(-1),
    'first item lost': (items) => items.slice(1),
    'last item lost': (items) => items.slice(0, -1),
    'first page only': (items) => items.slice(0, 100),
    'first item twice': (items) => [...items.slice(0, 1), ...items],
    'items without a remote_id': (items) => items.map((item) => Object.assign({}, item, { remote_id: null })),
  };
  return Object.entries(wrong).map(([step, change]) => ({
    place: list,
    step,
    change: (run) => changeLists(run, list, change),
    isJudgedBy: ({ rule }) => !rule.needs.includes('filters') && rule.comparesLists !== true,
  }));
}

/**
 * Changes a list wherever it was read. Most rules look at few of these places, so each is changed when it is first looked at.
 *
 * @returns undefined where nothing changes after the first sync and after the last full one
 */
function changeLists(
  run: Run,
  list: ListName,
  change: (items: readonly unknown[]) => readonly unknown[],
): Run | undefined {
  const known = new Map<unknown, readonly unknown[]>();
  const changed = (items: readonly unknown[]): readonly unknown[] => {
    const made = known.get(items) ?? change(items);
    known.set(items, made);
    return made;
  };
  const { first, last } = run;
  const isChanged = [first, last].some(({ unified }) => {
    const [before, after]: (readonly unknown[])[] = [unified[list], changed(unified[list])];
    return before?.length !== after?.length || before?.some((item, index) => item !== after?.[index]);
  });
  if (!isChanged) return undefined;
  const ofItems = <Items extends Partial<UnifiedItems>>(items: Items): Items =>
    list in items ? withLazy(items, list, () => changed(items[list] ?? [])) : items;
  const ofState = (state: State): State =>
    withLazy(
      withLazy(state, 'unified', () => ofItems(state.unified)),
      'withDeleted',
      () => ofItems(state.withDeleted),
    );
  const states = new Map(run.states.map((state) => [state, ofState(state)] as const));
  const made = (state: State): State => states.get(state) ?? ofState(state);
  const ofResult = (result: ActionResult): ActionResult =>
    withLazy(result, 'shown', () => ofItems(result.shown));
  return {
    ...run,
    states: run.states.map(made),
    first: made(first),
    again: made(run.again),
    last: made(last),
    after: made(run.after),
    results: list === 'candidates' || list === 'applications' ? run.results.map(ofResult) : run.results,
  };
}

/** A copy with one property that is made when it is first read. */
function withLazy<Thing extends object>(thing: Thing, key: string, make: () => unknown): Thing {
  const copy = Object.create(null, Object.getOwnPropertyDescriptors(thing)) as Thing;
  let made: unknown;
  return Object.defineProperty(copy, key, {
    enumerable: true,
    configurable: true,
    get: () => (made ??= make()),
  });
}
