// A deleted job is shown on request, without what went with it (kombo-unified-api §5.3).
import { expect, test } from 'vitest';
import { jobRecord, oneOfEach } from '../../support/gem-records.ts';
import { startStubGem } from '../../support/stub-gem.ts';
import { startApi } from './support/api.ts';
import { insertSmallWorld } from './support/small-world.ts';

const nested = ['stages', 'hiring_team', 'job_postings'] as const;

/** How many children of each kind a job shows. */
function childrenOf(job: Record<string, unknown> | undefined): unknown[] {
  return nested.map((name) => job?.[name]).map((children) => Array.isArray(children) && children.length);
}

test.each([
  ['is marked as deleted', [jobRecord('job-1', { deleted_at: '2026-05-31T00:00:00.000Z' })]],
  ['is gone from the list', []],
])('a job that %s has no stages, team and postings, though Gem still lists them', async (_how, left) => {
  const stub = await startStubGem(oneOfEach());
  stub.tellsTotal = true;
  const api = await startApi({ gemUrl: stub.url, isSynced: false });
  await api.sync('FULL');
  const [living] = await api.list('/v1/ats/jobs?include_deleted=true');
  expect(living?.['remote_deleted_at']).toBeNull();
  expect(childrenOf(living)).toEqual([2, 2, 1]);

  const jobs = stub.lists['listJobs'];
  stub.lists['listJobs'] = left;
  await api.sync('FULL');
  expect(await api.list('/v1/ats/jobs')).toEqual([]);
  const [deleted] = await api.list('/v1/ats/jobs?include_deleted=true');
  expect(deleted).toMatchObject({ id: living?.['id'], remote_deleted_at: expect.any(String) });
  expect(childrenOf(deleted)).toEqual([0, 0, 0]);

  // What is still there can be read by itself, and shows again when the job comes back.
  expect(await api.list('/v1/ats/application-stages')).toHaveLength(2);
  stub.lists['listJobs'] = jobs ?? [];
  await api.sync('FULL');
  expect((await api.list('/v1/ats/jobs')).map(childrenOf)).toEqual([[2, 2, 1]]);
});

test('of a job whose row alone is marked, none of the children shows', async () => {
  const { list, rows } = await startApi();
  await insertSmallWorld(rows);
  expect((await list('/v1/ats/jobs')).map(childrenOf)).toEqual([[1, 1, 1]]);
  await rows.update('ats_jobs', 'job-1', { remote_deleted_at: '2026-06-01T12:00:00.000Z' });
  expect((await list('/v1/ats/jobs?include_deleted=true')).map(childrenOf)).toEqual([[0, 0, 0]]);
});
