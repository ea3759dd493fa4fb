import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBroad } from '../../support/deep.ts';
import { reasonOf, unnoticed, writeTable, type Judged } from './deviation-table.ts';
import { startJudging, type Judging } from './judge-deviation.ts';

let judging: Judging;
beforeAll(async () => {
  judging = await startJudging({ isWhole: isBroad });
});
afterAll(() => judging.close());

/** One in so many is judged; on a push, only three by their names. */
const every = process.env['DEEP_RUNS'] ? 1 : 67;

test('thousands are made from the description, of each kind, and their names differ', () => {
  const names = judging.deviations.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(isBroad ? 4000 : 3000);
});

test('the table has a reason for each that nobody notices', () => {
  const known = [...unnoticed()];
  expect(known.length).toBeGreaterThan(500);
  expect(known.filter((name) => reasonOf(name) === undefined)).toEqual([]);
});

test.runIf(isBroad)(
  'each is noticed, unless the table says why nobody can',
  { timeout: 7_200_000 },
  async () => {
    const known = unnoticed();
    const judged: Judged[] = [];
    for (const [number, deviation] of judging.deviations.entries()) {
      if (number % every === 0) judged.push({ deviation, broken: await judging.judge(deviation) });
    }
    expect(judged.length).toBeGreaterThan(50);
    if (process.env['WRITE_DEVIATIONS'] && every === 1) return writeTable(judged);
    const missed = judged.filter(({ broken }) => broken.length === 0).map(({ deviation }) => deviation.name);
    expect(missed.filter((name) => !known.has(name))).toEqual([]);
  },
);

test.each([
  ['a field is missing', 'Job.requisition_id missing', 'Job.requisition_id'],
  ['a list is empty', 'listApplications is always empty', 'named-records-are-listed'],
  ['a filter is ignored', 'listJobs status ignored', 'status-filter'],
])('%s: that is noticed, and by what', async (_what, name, promise) => {
  const deviation = judging.deviations.find((one) => one.name === name);
  expect(deviation && (await judging.judge(deviation))).toContain(promise);
});
