import { fc, test as law } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { initialSource } from '../../../connector/policy/initial-source.ts';
import { described } from '../../support/arbitraries/described.ts';
import { applicationRecord } from '../../support/gem-records.ts';

const application = (id: string, applied_at: string, name: string | null = id) =>
  applicationRecord(id, 'candidate', {
    applied_at,
    source: name === null ? null : { id: 'source', public_name: name },
  });

const early = '2026-03-01T09:00:00Z';
const late = '2026-03-01T09:00:01Z';

test('the source is that of the application that came first, wherever it stands', () => {
  expect(initialSource([application('a', late), application('b', early)])).toBe('b');
  expect(initialSource([application('b', early), application('a', late)])).toBe('b');
});

test('moments are compared, not texts', () => {
  const before = application('before', '2026-03-01T10:00:00+02:00');
  expect(initialSource([application('after', early), before])).toBe('before');
});

test('of two at the same moment, the smaller id decides', () => {
  expect(initialSource([application('b', early), application('a', early)])).toBe('a');
  expect(initialSource([application('a', early), application('b', early)])).toBe('a');
});

test('the same application twice is one: what stands first counts', () => {
  expect(initialSource([application('a', early), application('a', early, 'copy')])).toBe('a');
});

test('an initial application without a source leaves the candidate without one', () => {
  expect(initialSource([application('a', early, null), application('b', late)])).toBeNull();
});

test('without applications there is no source', () => {
  expect(initialSource([])).toBeNull();
});

test('an application of which nobody knows when it came is a late one', () => {
  const undated = { id: 'a', source: { public_name: 'undated' } };
  expect(initialSource([undated, application('b', late)])).toBe('b');
  expect(initialSource([application('b', late), undated])).toBe('b');
});

test('of two at the same moment, one without an id counts first', () => {
  const unknown = { applied_at: early, source: { public_name: 'without an id' } };
  expect(initialSource([application('0', early), unknown])).toBe('without an id');
  expect(initialSource([unknown, application('0', early)])).toBe('without an id');
});

law.prop([fc.array(described('Application'), { minLength: 1 })])(
  'no application of another source came before it',
  (applications) => {
    const times = applications.map(({ applied_at }) => Date.parse(applied_at));
    const first = applications.filter((_, index) => times[index] === Math.min(...times));
    expect(first.map(({ source }) => source?.public_name ?? null)).toContain(initialSource(applications));
  },
);
