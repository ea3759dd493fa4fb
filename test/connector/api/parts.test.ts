// Nested records that are read beside their rows, without a database.
import { type RawBuilder, ValueNode } from 'kysely';
import { expect, test } from 'vitest';
import { withParts } from '../../../connector/api/lists/parts.ts';

interface Named {
  owner: string;
  id: string;
  length: number;
}

/** Reads rows with these parts; `gone` are those that are no longer there when they are read. */
async function read(
  ids: readonly string[],
  named: readonly Named[],
  { largest = 1000, gone = [] }: { largest?: number; gone?: readonly string[] } = {},
) {
  const asked: string[][] = [];
  const answering = <Row>(rows: readonly Row[]) =>
    ({ execute: async () => ({ rows }) }) as unknown as RawBuilder<Row>;
  const statement = (wanted: RawBuilder<unknown>) => {
    const piece = wanted
      .toOperationNode()
      .parameters.filter(ValueNode.is)
      .flatMap(({ value }) => value as string[]);
    asked.push(piece);
    return answering(piece.filter((id) => !gone.includes(id)).map((id) => ({ id, json: `"${id}"` })));
  };
  const lengths = () => {
    expect(ids).not.toEqual([]);
    return answering(named);
  };
  const parts = { key: 'parts', lengths, statement };
  const rows = ids.map((id) => ({ id, json: `{"id":"${id}"}`, tail: '{"end":true}' }));
  const items = await withParts({} as never, parts, rows, largest);
  return { items: items.map((item) => JSON.parse(item.toString())), asked };
}

const part = (owner: string, id: string, length = 10): Named => ({ owner, id, length });

test('each row gets its parts, in their order, between what stands before and behind them', async () => {
  const { items, asked } = await read(['a', 'b', 'c'], [part('a', '1'), part('a', '2'), part('c', '3')]);
  expect(asked).toEqual([['1', '2', '3']]);
  expect(items).toEqual([
    { id: 'a', parts: ['1', '2'], end: true },
    { id: 'b', parts: [], end: true },
    { id: 'c', parts: ['3'], end: true },
  ]);
});

test('of no rows nothing is read', async () => {
  expect(await read([], [])).toEqual({ items: [], asked: [] });
});

test('a part that is gone by then is left out', async () => {
  const { items } = await read(['a'], [part('a', '1'), part('a', '2')], { gone: ['1'] });
  expect(items).toEqual([{ id: 'a', parts: ['2'], end: true }]);
});

test('as many rows are given as fit with their parts, and one at least', async () => {
  // Each row has ten characters of its own.
  const named = [part('a', '1', 30), part('a', '2', 10), part('b', '3', 40)];
  const count = async (largest: number) => (await read(['a', 'b'], named, { largest })).items.length;
  expect([await count(100), await count(99), await count(1)]).toEqual([2, 1, 1]);
  // A row without parts has ten characters as well.
  const withoutParts = async (largest: number) =>
    (await read(['b', 'a'], [part('a', '1', 30)], { largest })).items.length;
  expect([await withoutParts(50), await withoutParts(49)]).toEqual([2, 1]);
});

test('parts are read a few megabytes at a time, and a larger one alone', async () => {
  const large = { largest: 100_000_000 };
  const just = [part('a', '1', 4_000_000), part('a', '2', 4_000_000), part('a', '3', 1)];
  expect((await read(['a'], just, large)).asked).toEqual([['1', '2'], ['3']]);
  const one = [part('a', '1', 9_000_000), part('a', '2', 1)];
  expect(await read(['a'], one, large)).toEqual({
    items: [{ id: 'a', parts: ['1', '2'], end: true }],
    asked: [['1'], ['2']],
  });
});
