import { describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { Collection } from '../../mock-server/store/collection.ts';

interface Thing {
  id: string;
  created_at: string;
  deleted_at: null;
  colour: string;
}

const thing = fc.record<Thing>({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  created_at: fc.integer({ min: 10, max: 14 }).map((day) => `2026-01-${day}T00:00:00.000Z`),
  deleted_at: fc.constant(null),
  colour: fc.constantFrom('red', 'green'),
});

describe('a collection', () => {
  test.prop([fc.array(thing)])('holds the last record of each id, in order of creation and id', (things) => {
    const collection = make(things);
    expect(content(collection)).toEqual(sorted(model(things)));
  });

  test.prop([fc.array(thing), fc.constantFrom('red', 'green')])(
    'finds by an index what a scan finds',
    (things, colour) => {
      expect(make(things).by('colour', colour)).toEqual(
        sorted(model(things)).filter((one) => one.colour === colour),
      );
    },
  );

  test.prop([fc.array(thing), fc.array(thing), fc.array(thing)])(
    'and its fork go their own ways, indexes included',
    (shared, here, there) => {
      const collection = make(shared);
      const fork = collection.fork();
      for (const one of there) fork.put(one);
      for (const one of here) collection.put(one);
      for (const [actual, things] of [
        [collection, [...shared, ...here]],
        [fork, [...shared, ...there]],
      ] as const) {
        const expected = sorted(model(things));
        expect(content(actual)).toEqual(expected);
        for (const colour of ['red', 'green']) {
          expect(actual.by('colour', colour)).toEqual(expected.filter((one) => one.colour === colour));
        }
      }
    },
  );
});

function make(things: readonly Thing[]): Collection<Thing> {
  const collection = new Collection<Thing>({ colour: ({ colour }) => [colour] });
  for (const one of things) collection.put(one);
  return collection;
}

function content(collection: Collection<Thing>): Thing[] {
  return [...collection.entries()].map(({ record }) => record);
}

function model(things: readonly Thing[]): Thing[] {
  return [...new Map(things.map((one) => [one.id, one])).values()];
}

function sorted(things: readonly Thing[]): Thing[] {
  const key = ({ created_at, id }: Thing) => `${created_at} ${id}`;
  return things.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}
