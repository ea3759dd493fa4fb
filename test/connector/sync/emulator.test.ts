import { expect, test } from 'vitest';
import { useStore } from '../../support/connected.ts';
import { startGem } from '../../support/gem.ts';

const { connect } = useStore();

test('a full sync of the emulator takes every record, and a second one changes nothing', async () => {
  const { sync, rows, clock, changes } = await connect(await startGem());
  expect(await sync()).toMatchObject({ state: 'SUCCEEDED', problem: null });
  const before = await changes();
  clock.advance(3_600_000);
  await sync();
  expect(await changes()).toEqual(before);
  const jobs = await rows('ats_jobs');
  expect(jobs.some((job) => job['description'] !== null)).toBe(true);
  for (const interview of await rows('ats_interviews')) expect(interview['stage_id']).not.toBeNull();
});
