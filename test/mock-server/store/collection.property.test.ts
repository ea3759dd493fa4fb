import { describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { Collection } from '../../../mock-server/store/collection.ts';
import type { Condition } from '../../../mock-server/store/selection.ts';

interface Thing {
  id: string;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
  colours: string[];
}

const day = fc.integer({ min: 10, max: 29 }).map((number) => `2026-01-${number}T00:00:00.000Z`);
const colour = fc.constantFrom('red', 'green', 'blue');

const thing = fc.record<Thing>({
  id: fc.nat({ max: 120 }).map(String),
  created_at: day,
  updated_at: day,
  deleted_at: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: day }),
  colours: fc.array(colour, { maxLength: 3 }),
});

// Enough of them that each kind of index is at times the best to read from.
const many = fc.array(thing, { maxLength: 200, size: 'max' });

/** One thing that can happen to one of several collections that began as one. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('put', 'toggle'), which: fc.nat(), thing }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fork'), which: fc.nat(), thing }) },
);

const times = fc.record({ from: fc.option(day, { nil: undefined }), to: fc.option(day, { nil: undefined }) });

const question = fc.record({
  includeDeleted: fc.boolean(),
  first: fc.oneof(fc.constant(0), fc.nat({ max: 30 })),
  count: fc.nat({ max: 100 }),
  created: fc.option(times, { nil: undefined }),
  updated: fc.option(times, { nil: undefined }),
  colour: fc.option(colour, { nil: undefined }),
  ids: fc.option(fc.uniqueArray(fc.nat({ max: 120 }).map(String), { maxLength: 4 }), { nil: undefined }),
  isEven: fc.boolean(),
});

describe('collections, whatever was put into them and whenever they were forked', () => {
  test.prop([
    many,
    fc.array(step, { maxLength: 60, size: 'max' }),
    fc.array(question, { minLength: 1, maxLength: 20, size: 'max' }),
  ])('list what a scan of all their records lists', (initial, steps, questions) => {
    const pairs = [{ actual: make(initial), model: toModel(initial) }];
    for (const { kind, which, thing } of steps) {
      const pair = pairs[which % pairs.length];
      if (kind === 'fork' && pair) pairs.push({ actual: pair.actual.fork(), model: new Map(pair.model) });
      pair?.actual.put(thing);
      pair?.model.set(thing.id, thing);
    }
    for (const { actual, model } of pairs) {
      expect(actual.size).toBe(model.size);
      expect(recordsOf(actual)).toEqual(sorted(model));
      for (const asked of questions) {
        const { conditions, passes } = toConditions(asked);
        const expected = sorted(model).filter(
          (one) => (asked.includeDeleted || one.deleted_at === null) && passes(one),
        );
        const { total, entries } = actual.select({ ...asked, conditions });
        expect(total).toBe(expected.length);
        expect(entries.map(({ record }) => record)).toEqual(
          expected.slice(asked.first, asked.first + asked.count),
        );
      }
      for (const value of ['red', 'green', 'blue', 'none']) {
        expect(actual.by('colour', value)).toEqual(
          sorted(model).filter(({ colours }) => colours.includes(value)),
        );
      }
    }
  });

  test.prop([many, colour, fc.boolean()])(
    'look at no record to list those with one value of an index',
    (things, only, includeDeleted) => {
      const passes = () => {
        throw new Error('a record was looked at');
      };
      const conditions = [{ passes, found: { index: 'colour', span: { only } } }];
      const { total } = make(things).select({ includeDeleted, conditions, first: 0, count: 10 });
      const expected = sorted(toModel(things)).filter(
        ({ colours, deleted_at }) => colours.includes(only) && (includeDeleted || deleted_at === null),
      );
      expect(total).toBe(expected.length);
    },
  );

  test('do not go on without an index that does not exist', () => {
    const conditions = [{ passes: () => true, found: { index: 'color', span: {} } }];
    const selection = { includeDeleted: false, conditions, first: 0, count: 10 };
    expect(() => make([]).select(selection)).toThrow('there is no index color');
  });

  test.prop([fc.array(thing)])('hold the same, put in at once or one by one', (things) => {
    const [whole, grown] = [make(things), make([])];
    for (const one of things) grown.put(one);
    expect(recordsOf(grown)).toEqual(recordsOf(whole));
  });
});

function make(things: readonly Thing[]): Collection<Thing> {
  return new Collection<Thing>({ colour: ({ colours }) => colours }, things);
}

function recordsOf(collection: Collection<Thing>): Thing[] {
  return [...collection.entries()].map(({ record }) => record);
}

function toModel(things: readonly Thing[]): Map<string, Thing> {
  return new Map(things.map((one) => [one.id, one]));
}

function sorted(model: ReadonlyMap<string, Thing>): Thing[] {
  const key = ({ created_at, id }: Thing) => `${created_at} ${id}`;
  return [...model.values()].toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}

type Times = { from: string | undefined; to: string | undefined };

/** The same question twice: for the indexes, and as one test of a record. */
function toConditions({
  created,
  updated,
  colour,
  ids,
  isEven,
}: {
  created: Times | undefined;
  updated: Times | undefined;
  colour: string | undefined;
  ids: string[] | undefined;
  isEven: boolean;
}): { conditions: Condition<Thing>[]; passes: (one: Thing) => boolean } {
  const conditions: Condition<Thing>[] = [];
  const within = ({ from, to }: Times, time: string) =>
    (from === undefined || time >= from) && (to === undefined || time < to);
  if (created) {
    const passes = (one: Thing) => within(created, one.created_at);
    conditions.push({ passes, found: { index: 'created_at', span: created } });
  }
  if (updated) {
    const passes = (one: Thing) => within(updated, one.updated_at);
    conditions.push({ passes, found: { index: 'updated_at', span: updated } });
  }
  if (colour !== undefined) {
    const passes = (one: Thing) => one.colours.includes(colour);
    conditions.push({ passes, found: { index: 'colour', span: { only: colour } } });
  }
  if (ids) {
    const wanted = new Set(ids);
    conditions.push({ passes: ({ id }) => wanted.has(id), found: { ids: wanted } });
  }
  if (isEven) conditions.push({ passes: ({ id }) => Number(id) % 2 === 0 });
  return { conditions, passes: (one) => conditions.every(({ passes }) => passes(one)) };
}
