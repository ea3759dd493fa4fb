// What is left of what is gone: integrations that were deleted, and rows whose records are.
import { sql } from 'kysely';
import { fixedClock } from '../../../contracts/clock.ts';
import { expect, test } from 'vitest';
import { clearGoneRows, deleteExpired } from '../../../connector/store/queries/expiry.ts';
import { markIntegrationDeleted } from '../../../connector/store/queries/integration-state.ts';
import { upsertRows } from '../../../connector/store/queries/rows.ts';
import { models } from '../../../connector/models/index.ts';
import { startApi, type Api } from '../api/support/api.ts';
import type { Table } from '../api/support/rows.ts';

const [gone, before, after, now] = ['2026-01-10', '2026-01-09', '2026-01-11', '2026-02-01'].map(
  (day) => `${day}T00:00:00.000Z`,
) as [string, string, string, string];

const joins: Partial<Record<Table, (api: Api) => Record<string, unknown>>> = {
  ats_join_jobs_application_stages: ({ rows }) => ({
    job_id: rows.id('r'),
    stage_id: rows.id('r'),
    index: 1,
  }),
  ats_join_jobs_users: ({ rows }) => ({ job_id: rows.id('r'), user_id: rows.id('r') }),
  ats_join_interviews_users: ({ rows }) => ({ interview_id: rows.id('r'), user_id: rows.id('r') }),
};

/** One row of each model, gone from Gem. */
async function startWithGoneRows(): Promise<Api> {
  const api = await startApi();
  for (const { name } of models) {
    await api.rows.insert(name, 'r', { ...joins[name]?.(api), remote_deleted_at: gone });
  }
  return api;
}

async function valuesOf(api: Api, table: Table): Promise<Record<string, unknown>> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select json_strip_nulls(row_to_json(present)) as row from ${sql.table(table)} as present
    where integration_id = ${api.integrationId}
  `.execute(api.database);
  return rows[0]?.row ?? {};
}

test('of rows that have been gone for long only the keys are left, and the lists can still show them', async () => {
  const api = await startWithGoneRows();
  expect(await clearGoneRows(api.database, { before, clock: fixedClock(now) })).toBe(0);
  expect(await clearGoneRows(api.database, { before: after, clock: fixedClock(now) })).toBeGreaterThanOrEqual(
    models.length,
  );
  for (const { name } of models) {
    const keys = Object.keys(joins[name]?.(api) ?? {}).filter((key) => key.endsWith('_id'));
    const frame = [
      'id',
      'integration_id',
      'remote_id',
      'number',
      'changed_at',
      'remote_deleted_at',
      'is_cleared',
      'reading',
    ];
    expect(Object.keys(await valuesOf(api, name)).toSorted(), name).toEqual([...frame, ...keys].toSorted());
  }
  for (const path of ['users', 'jobs', 'candidates', 'applications', 'interviews', 'application-stages']) {
    expect(await api.list(`/v1/ats/${path}?include_deleted=true`), path).toMatchObject([
      { remote_id: 'r', changed_at: now, remote_deleted_at: gone },
    ]);
    expect(await api.list(`/v1/ats/${path}`), path).toEqual([]);
  }
  expect(await clearGoneRows(api.database, { before: after, clock: fixedClock(now) })).toBe(0);
});

test('a cleared row stays so while its record is gone, and is filled when that is back', async () => {
  const api = await startWithGoneRows();
  await clearGoneRows(api.database, { before: after, clock: fixedClock(now) });
  const [model] = models;
  const save = (remote_deleted_at: string | null) =>
    upsertRows(api.database, {
      model,
      integrationId: api.integrationId,
      rows: [{ id: api.rows.id('r'), remote_id: 'r', remote_deleted_at, first_name: 'Ada' }],
      changedAt: now,
      origin: { reading: 1, isNumberedBefore: true },
    });
  expect(await save(gone)).toEqual([]);
  expect(await save(null)).toEqual([api.rows.id('r')]);
  expect(await valuesOf(api, 'ats_users')).toMatchObject({ first_name: 'Ada', is_cleared: false });
});

test('an integration that was deleted long ago is removed with all that belongs to it, and no other', async () => {
  const [api, other] = [await startWithGoneRows(), await startWithGoneRows()];
  await markIntegrationDeleted(api.database, { id: api.integrationId, at: gone });
  expect(await deleteExpired(api.database, before)).toBe(0);
  expect(await valuesOf(api, 'ats_jobs')).not.toEqual({});
  expect(await deleteExpired(api.database, after)).toBe(1);
  for (const { name } of models) expect(await valuesOf(api, name), name).toEqual({});
  expect(await valuesOf(other, 'ats_jobs')).not.toEqual({});
  expect((await other.get(`/v1/integrations/${other.integrationId}`)).status).toBe(200);
});
