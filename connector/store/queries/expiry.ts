import { sql } from 'kysely';
import { models } from '../../models/index.ts';
import type { Model } from '../../models/model.ts';
import type { Scope } from '../../policy/scope.ts';
import { changeRows, takePart } from '../change-rows.ts';
import { toJson } from '../storable.ts';
import type { Database } from '../schema.ts';
import { forgetItems } from './ready-items.ts';
import type { Clock } from '../../../contracts/clock.ts';

// Since when an integration's data no longer goes with its settings. Mappings of fields are looked up as rows are read, so
// a change of one makes nothing outdated.

/** The settings that decide what a sync brings. */
interface SyncedBy {
  isRemoteDataEnabled: boolean;
  /** Undefined where it stays as it is. */
  isCreatedOnly?: boolean | undefined;
}

/**
 * Notes that an integration's data is outdated, if these settings are other ones than it has and data was read by those.
 * It has to be done before the settings are stored.
 */
export async function expireData(
  database: Database,
  { id, at, isRemoteDataEnabled, isCreatedOnly }: SyncedBy & { id: string; at: string },
): Promise<void> {
  await sql`
    update integrations set data_expired_at = ${at}::timestamptz
    where id = ${id} and first_synced_at is not null
      and (is_remote_data_enabled <> ${isRemoteDataEnabled}::boolean
        or is_created_only <> coalesce(${isCreatedOnly ?? null}::boolean, is_created_only))
  `.execute(database);
}

/** Notes that everything was read anew by these settings; what was changed since the sync began still waits for one. */
export async function renewData(
  database: Database,
  {
    id,
    startedAt,
    isRemoteDataEnabled,
    isCreatedOnly,
    scope,
  }: Required<SyncedBy> & { id: string; startedAt: string; scope: Scope },
): Promise<void> {
  await sql`
    update integrations set data_expired_at = null
    where id = ${id} and data_expired_at <= ${startedAt}::timestamptz
      and is_remote_data_enabled = ${isRemoteDataEnabled}::boolean
      and is_created_only = ${isCreatedOnly}::boolean
      and opted_out = ${toJson(scope.optedOut)}::jsonb
      and (select environment.scope from environments as environment where environment.id = environment_id)
        = ${toJson(scope.settings)}::jsonb
  `.execute(database);
}

/**
 * Sets all values of rows to null that have been gone from Gem for long; their keys stay: ids, moments, and in rows that
 * join two records which they join (kombo-unified-api §5.3). A row whose record comes back is filled again by a sync.
 *
 * @param before an instant; rows that have gone since then are left as they are
 * @returns how many rows were cleared
 */
export async function clearGoneRows(
  database: Database,
  { before, clock }: { before: string; clock: Clock },
): Promise<number> {
  let cleared = 0;
  for (const integrationId of await integrationsWithGoneRows(database, before)) {
    cleared += await changeRows(database, { integrationId, clock, isAlone: true }, (transaction, at) =>
      clearOf(transaction, { integrationId, before, at }),
    );
  }
  return cleared;
}

async function integrationsWithGoneRows(database: Database, before: string): Promise<string[]> {
  const tables = models.map(
    ({ name }) => sql`
      select integration_id from ${sql.table(name)}
      where remote_deleted_at < ${before}::timestamptz and not is_cleared`,
  );
  const { rows } = await sql<{ id: string }>`
    select distinct integration_id as id from (${sql.join(tables, sql` union all `)}) as gone order by 1
  `.execute(database);
  return rows.map(({ id }) => id);
}

async function clearOf(
  transaction: Database,
  { integrationId, before, at }: { integrationId: string; before: string; at: string },
): Promise<number> {
  let cleared = 0;
  for (const model of models) {
    const assignments = sql.raw(
      valuesOf(model)
        .map((column) => `, ${column} = null`)
        .join(''),
    );
    const { numAffectedRows } = await sql`
      update ${sql.table(model.name)}
      set is_cleared = true, changed_at = ${at}::timestamptz${assignments}
      where integration_id = ${integrationId} and remote_deleted_at < ${before}::timestamptz and not is_cleared
    `.execute(transaction);
    cleared += Number(numAffectedRows ?? 0);
  }
  // Nobody may read the list again, and the values would stay.
  if (cleared > 0) await forgetItems(transaction, integrationId);
  return cleared;
}

function valuesOf({ columns, derivedColumns, owner }: Model): string[] {
  const all = Object.keys({ ...columns, ...derivedColumns });
  return owner === undefined ? all : all.filter((column) => !column.endsWith('_id'));
}

/**
 * Removes an integration that was deleted, with its data, before its time: deleting is final, so when the same account is
 * connected anew, nothing of before comes back. It waits for what is still being written to it.
 */
export async function discardDeleted(database: Database, id: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await takePart(transaction, { integrationId: id, isAlone: true });
    await sql`delete from integrations where id = ${id} and deleted_at is not null`.execute(transaction);
  });
}

/**
 * Removes what was deleted long ago: integrations with all that belongs to them, their credentials too, and links that
 * are not needed any more (kombo-unified-api §4.6). The default is fourteen days.
 *
 * @param before an instant; what was deleted or has expired since then stays
 * @returns how many integrations were removed
 */
export async function deleteExpired(database: Database, before: string): Promise<number> {
  await sql`delete from connection_links where expires_at < ${before}::timestamptz`.execute(database);
  const { rows } = await sql<{ id: string }>`
    select id from integrations where deleted_at < ${before}::timestamptz order by id
  `.execute(database);
  for (const { id } of rows) await discardDeleted(database, id);
  return rows.length;
}
