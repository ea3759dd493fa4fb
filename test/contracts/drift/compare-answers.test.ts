// How two answers to one write differ, told without a value of either.
import { expect, test } from 'vitest';
import { gemDescription } from '../../../contracts/gem.ts';
import { compareAnswers } from '../../../contracts/harness/gem/watch/compare-answers.ts';
import { PairedIds } from '../../../contracts/harness/gem/watch/paired-ids.ts';

/** What is told of two bodies, the emulator's answer first. */
function compare(
  gem: unknown,
  mirror: unknown,
  { sent = {}, ids = new PairedIds(), id = 'createNote' } = {},
) {
  const operation = gemDescription.operations.get(id);
  if (!operation) throw new Error(`there is no operation ${id}`);
  const both = { operation, sent, gem: { status: 201, body: gem }, mirror: { status: 201, body: mirror } };
  return compareAnswers(both, ids).map((one) => `${one.what}: ${one.mirror}, ${one.gem}`);
}

test.each<[string, unknown, unknown, string[]]>([
  ['the same', { id: 'a', body: 'x' }, { id: 'a', body: 'x' }, []],
  ['ids that each side makes', { id: 'a', user_id: 'b' }, { id: 'c', user_id: 'd' }, []],
  [
    'moments that each side makes',
    { created_at: '2026-03-01T09:00:00.000Z' },
    { created_at: '2026-04-02T10:11:12.345Z' },
    [],
  ],
  [
    'seconds that each side counts',
    { created_at: 1_700_000_000, timestamp: 1 },
    { created_at: 1_600_000_000, timestamp: 2 },
    [],
  ],
  ['another number', { priority: 1 }, { priority: 2 }, ['priority: number, another number']],
  ['addresses of files', { url: 'https://a.example/x?y' }, { url: 'http://b.example/z' }, []],
  ['an address and none', { url: 'https://a.example/' }, { url: 'none' }, ['url: string, another string']],
  ['another flag', { is_private: true }, { is_private: false }, ['is_private: boolean, another boolean']],
  [
    'a word of an enumeration',
    { visibility: 'private' },
    { visibility: 'public' },
    ['visibility: public, private'],
  ],
  [
    'a text that looks like a word',
    { body: 'private' },
    { body: 'public' },
    ['body: string, another string'],
  ],
  ['a name that may be of a person', { 'Ada L.': 1 }, {}, ['?: nothing, number']],
  ['a whole that is none', 'text', {}, ['body: object, string']],
  [
    'the same in several places, once',
    { rows: [{ a: 1 }, { a: 1 }, { b: 2 }] },
    { rows: [{ a: null }, { a: null }, { b: 3 }] },
    ['rows[].a: null, number', 'rows[].b: number, another number'],
  ],
])('%s', (_what, gem, mirror, told) => {
  expect(compare(gem, mirror)).toEqual(told);
});

test('what was sent is nobody’s own choice: a moment of it has to come back', () => {
  const [sent, other] = ['2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z'];
  const told = ['start: string, another string'];
  expect(compare({ start: sent }, { start: other }, { sent: { start: sent } })).toEqual(told);
  expect(compare({ start: other }, { start: sent }, { sent: { on: [sent] } })).toEqual(told);
  expect(compare({ start: sent }, { start: sent }, { sent: { start: sent } })).toEqual([]);
});

test('ids that were learnt have to stay pairs, and neither side gets two partners', () => {
  const ids = new PairedIds();
  expect(compare({ id: 'a' }, { id: 'A' }, { ids })).toEqual([]);
  expect(compare({ candidate_ids: ['a'] }, { candidate_ids: ['A'] }, { ids })).toEqual([]);
  const another = ['candidate_id: the same record, another record'];
  expect(compare({ candidate_id: 'a' }, { candidate_id: 'B' }, { ids })).toEqual(another);
  expect(compare({ candidate_id: 'b' }, { candidate_id: 'A' }, { ids })).toEqual(another);
  expect(compare({ candidate_id: 'b' }, { candidate_id: 'B' }, { ids })).toEqual([]);
  expect([ids.ours('a'), ids.ours('b'), ids.ours('c')]).toEqual(['A', 'B', undefined]);
  // One that both sides have goes by its own name from then on.
  expect(compare({ id: 'same' }, { id: 'same' }, { ids })).toEqual([]);
  expect(compare({ id: 'same' }, { id: 'C' }, { ids })).toEqual(['id: the same record, another record']);
});

test('ids without end fill no memory: the oldest are forgotten', () => {
  const ids = new PairedIds();
  for (let number = 0; number <= 100_000; number += 1) ids.learn(`a${number}`, `A${number}`);
  expect([ids.ours('a0'), ids.ours('a1'), ids.ours('a100000')]).toEqual([undefined, 'A1', 'A100000']);
});
