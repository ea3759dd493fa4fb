// Which of Gem's sources a new application gets (kombo-unified-api §4.1). What the calls do with it is in sources.test.ts.
import { describe, expect, test } from 'vitest';
import { sourceNameOf, chooseSource } from '../../../connector/actions/resolve-source.ts';

const sources = [
  { id: '1', name: 'Indeed' },
  { id: '2', name: ' LinkedIn Basic Jobs ' },
  { id: '3', name: 'Universität 2' },
  // Nobody can name it.
  { id: '4', name: ' ' },
];
const all = { sources, isComplete: true };
const some = { sources, isComplete: false };

const noSource = 'source was not written: Gem has no such source.';
const noAutomatic = 'The automatic source of the integration was not written: Gem has no such source.';
const inItsPlace = 'The automatic source of the integration was written in its place.';

describe('a source that a call names', () => {
  test.each([
    [{ id: '2' }, '2'],
    // A key of the same letters and digits, of any alphabet.
    [{ unified_key: 'LINKEDIN_BASIC_JOBS' }, '2'],
    [{ unified_key: 'universität-2' }, '3'],
    [{ name: 'linkedin basic jobs' }, '2'],
    [{ name: '  Indeed ' }, '1'],
  ])('%j is found as %s', (source, sourceId) => {
    expect(chooseSource({ source, automatic: undefined }, all)).toEqual({ sourceId, warnings: [] });
  });

  test.each([{ id: '9' }, { unified_key: 'INDEED_JOBS' }, { unified_key: '_' }, { name: 'Indeed Jobs' }])(
    'is not written where Gem has none like %j',
    (source) => {
      expect(chooseSource({ source, automatic: undefined }, all)).toEqual({
        sourceId: undefined,
        warnings: [noSource],
      });
    },
  );

  test('is left to Gem to judge by its id, where not all sources are known', () => {
    expect(chooseSource({ source: { id: '9' }, automatic: undefined }, some).sourceId).toBe('9');
    expect(chooseSource({ source: { name: '9' }, automatic: undefined }, some).sourceId).toBeUndefined();
  });

  test('gives way to the automatic one where Gem does not have it, and both are told', () => {
    expect(chooseSource({ source: { name: '?' }, automatic: { id: '1' } }, all)).toEqual({
      sourceId: '1',
      warnings: [noSource, inItsPlace],
    });
    expect(chooseSource({ source: { name: '?' }, automatic: { id: '9' } }, all)).toEqual({
      sourceId: undefined,
      warnings: [noSource, noAutomatic],
    });
  });
});

test.each([{ name: ' ' }, { unified_key: '--' }, { unified_key: '' }])('%j names no source', (source) => {
  expect(chooseSource({ source, automatic: undefined }, all).sourceId).toBeUndefined();
});

test('an empty id gives way to the name, also where not all sources are known', () => {
  expect(chooseSource({ source: { id: '', name: 'Indeed' }, automatic: undefined }, some).sourceId).toBe('1');
});

describe('a call that names no source', () => {
  test.each([undefined, {}, { name: '' }, { id: '', unified_key: '' }])(
    'but %j gets the automatic one',
    (source) => {
      expect(chooseSource({ source, automatic: { name: 'INDEED' } }, all)).toEqual({
        sourceId: '1',
        warnings: [],
      });
      expect(chooseSource({ source, automatic: { id: '3', name: 'Indeed' } }, all).sourceId).toBe('3');
      expect(chooseSource({ source, automatic: { name: 'Nobody' } }, all)).toEqual({
        sourceId: undefined,
        warnings: [noAutomatic],
      });
      expect(chooseSource({ source, automatic: undefined }, all)).toEqual({
        sourceId: undefined,
        warnings: [],
      });
    },
  );
});

test.each([
  ['Acme (Prod)', 'Acme'],
  ['Acme(prod)  ', 'Acme'],
  ['  Acme ', 'Acme'],
  ['Acme (Prod) Jobs', 'Acme (Prod) Jobs'],
  ['Acme Prod', 'Acme Prod'],
])('the environment %j gives a source the name %j', (environment, name) => {
  expect(sourceNameOf(environment)).toBe(name);
});
