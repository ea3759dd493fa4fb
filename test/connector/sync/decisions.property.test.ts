import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { changesSince, typeToRun } from '../../../connector/sync/changes-since.ts';
import { createdOnly } from '../../../connector/sync/created-only.ts';
import { outcomeOfSync } from '../../../connector/sync/outcome.ts';
import { missedOf, pageBeforeLoss } from '../../../connector/gem/pages.ts';
import { listings } from '../../../connector/models/listings.ts';
import { unread } from '../../../connector/store/queries/progress.ts';

const instant = fc
  .integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) })
  .map((time) => new Date(time).toISOString());

test.prop([instant])('a delta sync asks from before the moment that Gem named', (answeredAt) => {
  const since = changesSince([{ listing: 'listUsers', answeredAt, digest: null }], 'listUsers') ?? '';
  expect(Date.parse(since)).toBeLessThan(Date.parse(answeredAt));
  expect(changesSince([{ listing: 'listUsers', answeredAt, digest: null }], 'listJobs')).toBeUndefined();
});

test('a lookup alone is no good sync to go on from, and neither is data of other settings', () => {
  const lookup = { listing: 'listOffices', answeredAt: null, digest: 'x' } as const;
  expect(typeToRun('DELTA', [lookup], null)).toBe('FULL');
  const list = { listing: 'listUsers', answeredAt: '2026-01-01T00:00:00.000Z', digest: null } as const;
  expect(typeToRun('DELTA', [lookup, list], null)).toBe('DELTA');
  expect(typeToRun('FULL', [lookup, list], null)).toBe('FULL');
  expect(typeToRun('DELTA', [lookup, list], '2026-01-02T00:00:00.000Z')).toBe('FULL');
});

test.prop([fc.uniqueArray(fc.uuid(), { maxLength: 1200 })])(
  'candidates are asked for each once, twenty at a time, or all are read when they are many',
  (ids) => {
    const created = ids.map((id) => ({
      applicationRemoteId: `of ${id}`,
      candidateRemoteId: id,
      at: '2026-01-01T00:00:00.000Z',
    }));
    const queries = createdOnly(created).queries('listCandidates') ?? [];
    const named = queries.flatMap(({ candidate_ids = '' }) => candidate_ids.split(',').filter(Boolean));
    if (ids.length > 500) expect(queries).toEqual([{}]);
    else expect(named.toSorted()).toEqual(ids.toSorted());
    for (const { candidate_ids = '' } of queries) expect(candidate_ids.split(',').length).toBeLessThan(21);
    expect(createdOnly(created).queries('listJobs')).toBeUndefined();
  },
);

test.prop([fc.nat({ max: 40 }), fc.integer({ min: 1, max: 5 }), fc.nat({ max: 40 }), fc.nat()])(
  'going back as far as records can have moved up meets everyone who was skipped',
  (length, size, vanish, at) => {
    const list = Array.from({ length }, (_, place) => place);
    const next = 1 + (at % (Math.ceil(length / size) + 1));
    const read = new Set(list.slice(0, (next - 1) * size));
    const left = list.slice(Math.min(vanish, length));
    const records = left.slice((next - 1) * size, next * size);
    const back = pageBeforeLoss({ number: next, records, total: left.length }, length, size) ?? next;
    for (const record of left.slice((back - 1) * size)) read.add(record);
    expect(left.filter((record) => !read.has(record))).toEqual([]);
  },
);

test('what was missed on a page is told by ids, so that a changed record is not', () => {
  const before = { records: [{ id: 'a', name: 'old' }, 'odd', { id: 'b' }] };
  const again = { records: [{ id: 'a', name: 'new' }, 'odd', { id: 'c' }, 'other'] };
  expect(missedOf(before, again)).toEqual([{ id: 'c' }, 'other']);
});

test('a sync that left every list out brought nothing, however well the lookups went', () => {
  const left = listings.map(({ operation }) =>
    Object.assign({ listing: operation }, unread, { problem: 'gone' }),
  );
  expect(outcomeOfSync(left, []).state).toBe('FAILED');
  expect(outcomeOfSync(left.slice(1), []).state).toBe('PARTIALLY_FAILED');
  expect(outcomeOfSync([{ ...unread, listing: 'listOffices', problem: 'gone' }], [])).toEqual({
    state: 'SUCCEEDED',
    problem: 'lists that were left out: /offices/ (gone)',
  });
  expect(outcomeOfSync([], [])).toEqual({ state: 'SUCCEEDED', problem: null });
});
