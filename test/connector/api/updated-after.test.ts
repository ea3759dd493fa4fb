import { expect, test } from 'vitest';
import { startApi } from './support/api.ts';
import { longAgo, type Table } from './support/rows.ts';
import { insertSmallWorld } from './support/small-world.ts';

const changed = '2026-06-01T12:00:00.000Z';

/** What makes the one row of a list count as changed, and what does not (kombo-unified-api §5.2). */
const rows: readonly [path: string, table: Table, remoteId: string, counts: boolean][] = [
  ['users', 'ats_users', 'user-1', true],
  ['users', 'ats_join_jobs_users', 'job-1/user-1', false],
  ['application-stages', 'ats_application_stages', 'stage-1', true],
  ['application-stages', 'ats_join_jobs_application_stages', 'job-1/stage-1', false],
  ['jobs', 'ats_jobs', 'job-1', true],
  ['jobs', 'ats_join_jobs_application_stages', 'job-1/stage-1', true],
  ['jobs', 'ats_application_stages', 'stage-1', false],
  ['jobs', 'ats_job_postings', 'posting-1', true],
  ['jobs', 'ats_join_jobs_users', 'job-1/user-1', true],
  ['jobs', 'ats_users', 'user-1', false],
  ['jobs', 'ats_applications', 'application-1', false],
  ['candidates', 'ats_candidates', 'candidate-1', true],
  ['candidates', 'ats_applications', 'application-1', true],
  ['candidates', 'ats_application_stages', 'stage-1', false],
  ['candidates', 'ats_jobs', 'job-1', false],
  ['candidates', 'ats_interviews', 'interview-1', false],
  ['applications', 'ats_applications', 'application-1', true],
  ['applications', 'ats_candidates', 'candidate-1', true],
  ['applications', 'ats_application_stages', 'stage-1', false],
  ['applications', 'ats_join_jobs_application_stages', 'job-1/stage-1', false],
  ['applications', 'ats_jobs', 'job-1', false],
  ['applications', 'ats_interviews', 'interview-1', true],
  ['applications', 'ats_join_interviews_users', 'interview-1/user-1', false],
  ['interviews', 'ats_interviews', 'interview-1', true],
  ['interviews', 'ats_join_interviews_users', 'interview-1/user-1', true],
  ['interviews', 'ats_users', 'user-1', false],
  ['interviews', 'ats_applications', 'application-1', true],
  ['interviews', 'ats_candidates', 'candidate-1', false],
  ['interviews', 'ats_jobs', 'job-1', false],
];

test.each(rows)(
  '/ats/%s counts as changed by a change in %s (%s): %s',
  async (path, table, remoteId, counts) => {
    const api = await startApi();
    await insertSmallWorld(api.rows);
    const since = `/v1/ats/${path}?updated_after=${changed}`;
    expect(await api.list(since)).toHaveLength(0);
    await api.rows.update(table, remoteId, { changed_at: changed });
    expect(await api.list(since)).toHaveLength(counts ? 1 : 0);
  },
);

test('a nested record that is removed counts as a change, and no longer shows', async () => {
  const { list, rows } = await startApi();
  await insertSmallWorld(rows);
  await rows.update('ats_interviews', 'interview-1', { changed_at: changed, remote_deleted_at: changed });
  const [application] = await list(`/v1/ats/applications?updated_after=${changed}`);
  expect(application).toMatchObject({ id: rows.id('application-1'), interviews: [] });
});

test.each([
  ['applications', 'application-1', 'ats_interviews', 'interview-1', 'application_id', 'ats_applications'],
  ['candidates', 'candidate-1', 'ats_applications', 'application-1', 'candidate_id', 'ats_candidates'],
  ['jobs', 'job-1', 'ats_job_postings', 'posting-1', 'job_id', 'ats_jobs'],
] as const)(
  '/ats/%s counts %s as changed by an entry of %s that goes to another record',
  async (path, loser, table, entry, column, parents) => {
    const { list, rows } = await startApi();
    await insertSmallWorld(rows);
    const other = await rows.insert(parents, 'other');
    await rows.update(table, entry, { [column]: other, changed_at: changed });
    const listed = await list(`/v1/ats/${path}?updated_after=${changed}`);
    expect(listed.map(({ remote_id: remoteId }) => remoteId).toSorted()).toEqual([loser, 'other'].toSorted());
  },
);

test.each([
  ['jobs', 'ats_users', 'user-1'],
  ['jobs', 'ats_application_stages', 'stage-1'],
  ['interviews', 'ats_users', 'user-1'],
] as const)('/ats/%s counts as changed by an entry of %s that is removed', async (path, table, entry) => {
  const { list, rows } = await startApi();
  await insertSmallWorld(rows);
  await rows.update(table, entry, { changed_at: changed, remote_deleted_at: changed });
  expect(await list(`/v1/ats/${path}?updated_after=${changed}`)).toHaveLength(1);
  expect(await list(`/v1/ats/${path}?updated_after=2026-06-01T12:00:00.001Z`)).toHaveLength(0);
});

test.each([
  ['2026-06-01T12:00:00.000Z', true],
  ['2026-06-01T12:00:00.001Z', false],
  ['2026-06-01T12:00', true],
  ['2026-06-01T14:00+02:00', true],
  ['2026-06-01T14:00:01+02:00', false],
  ['2026-06-01', true],
  ['2026-06-02', false],
])('the boundary is inclusive, and %s is read as UTC or in its own zone', async (moment, matches) => {
  const { list, rows } = await startApi();
  await rows.insert('ats_users', 'user-1', { changed_at: changed });
  expect(await list(`/v1/ats/users?updated_after=${encodeURIComponent(moment)}`)).toHaveLength(
    matches ? 1 : 0,
  );
});

test('rows that were removed are listed only with include_deleted', async () => {
  const { list, rows } = await startApi();
  await rows.insert('ats_users', 'user-1', { changed_at: changed, remote_deleted_at: changed });
  expect(await list('/v1/ats/users')).toHaveLength(0);
  expect(await list(`/v1/ats/users?updated_after=${longAgo}`)).toHaveLength(0);
  const [user] = await list(`/v1/ats/users?include_deleted=true&updated_after=${changed}`);
  expect(user).toMatchObject({ id: rows.id('user-1'), remote_deleted_at: changed });
});

test('nested lists leave out what was removed, nested objects still show it', async () => {
  const { list, rows } = await startApi();
  await insertSmallWorld(rows);
  for (const [table, remoteId] of [
    ['ats_jobs', 'job-1'],
    ['ats_candidates', 'candidate-1'],
    ['ats_application_stages', 'stage-1'],
    ['ats_users', 'user-1'],
    ['ats_job_postings', 'posting-1'],
  ] as const) {
    await rows.update(table, remoteId, { remote_deleted_at: changed });
  }
  const [application] = await list('/v1/ats/applications');
  const [job] = await list('/v1/ats/jobs?include_deleted=true');
  const [interview] = await list('/v1/ats/interviews');
  expect(application).toMatchObject({
    job: { id: rows.id('job-1') },
    candidate: { remote_id: 'candidate-1' },
  });
  expect(application).toMatchObject({ current_stage: { id: rows.id('stage-1') } });
  expect(job).toMatchObject({ stages: [], hiring_team: [], job_postings: [] });
  expect(interview).toMatchObject({ users: [] });
});
