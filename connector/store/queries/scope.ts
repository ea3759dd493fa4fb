import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { models } from '../../models/index.ts';
import type { ModelName } from '../../models/model.ts';
import { isOff, offColumns, offParts, type Scope } from '../../policy/scope.ts';
import { toJson } from '../storable.ts';
import type { Database } from '../schema.ts';

// What an environment has switched off, and what that does to rows (kombo-unified-api §4.9).

/** The scope config of an environment. */
export interface ScopeConfig {
  /** Null where nobody gave it one. */
  name: string | null;
  settings: Scope['settings'];
}

/** Reads the scope config of an environment. */
export async function readScopeConfig(database: Database, environmentId: string): Promise<ScopeConfig> {
  const { rows } = await sql<ScopeConfig>`
    select scope_name as name, scope as settings from environments where id = ${environmentId}
  `.execute(database);
  return rows[0] ?? { name: null, settings: {} };
}

/** Stores the scope config. The data of each integration for which something is on or off that was not is outdated. */
export async function saveScopeConfig(
  database: Database,
  { environmentId, at, name, settings }: ScopeConfig & { environmentId: string; at: string },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ id: string; optedOut: string[]; before: Scope['settings'] }>`
      select integration.id, integration.opted_out as "optedOut", environment.scope as before
      from environments as environment join integrations as integration
        on integration.environment_id = environment.id
      where environment.id = ${environmentId}
      order by integration.id for no key update
    `.execute(transaction);
    await sql`
      update environments set scope = ${toJson(settings)}::jsonb, scope_name = ${name} where id = ${environmentId}
    `.execute(transaction);
    const outdated = rows.filter(
      ({ optedOut, before }) =>
        !isDeepStrictEqual(offParts({ settings: before, optedOut }), offParts({ settings, optedOut })),
    );
    for (const { id } of outdated) await outdate(transaction, id, at);
  });
}

/** Stores what the customer of an integration does not want. */
export async function saveOptOuts(
  database: Database,
  { id, scope, optedOut, at }: { id: string; scope: Scope; optedOut: readonly string[]; at: string },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`update integrations set opted_out = ${toJson(optedOut)}::jsonb where id = ${id}`.execute(
      transaction,
    );
    const isSame = isDeepStrictEqual(offParts(scope), offParts({ ...scope, optedOut }));
    if (!isSame) await outdate(transaction, id, at);
  });
}

async function outdate(database: Database, id: string, at: string): Promise<void> {
  await sql`
    update integrations set data_expired_at = ${at}::timestamptz where id = ${id} and first_synced_at is not null
  `.execute(database);
}

/**
 * Marks the rows of models deleted that are off, and sets the columns to null that are. The transaction has to be alone among the
 * changes of the integration.
 *
 * @returns the models that have changed, with how many rows
 */
export async function clearOff(
  transaction: Database,
  { integrationId, scope, at }: { integrationId: string; scope: Scope; at: string },
): Promise<Map<ModelName, number>> {
  const changes = new Map<ModelName, number>();
  const note = (name: ModelName, rows: bigint | undefined) => {
    if (rows) changes.set(name, (changes.get(name) ?? 0) + Number(rows));
  };
  for (const { name, columns, derivedColumns } of models) {
    const off = offColumns(scope, name).filter((column) => column in columns || column in derivedColumns);
    if (off.length > 0) {
      const { numAffectedRows } = await sql`
        update ${sql.table(name)}
        set changed_at = ${at}::timestamptz, ${sql.join(off.map((column) => sql`${sql.ref(column)} = null`))}
        where integration_id = ${integrationId} and num_nonnulls(${sql.join(off.map((column) => sql.ref(column)))}) > 0
      `.execute(transaction);
      note(name, numAffectedRows);
    }
    if (!isOff(scope, name)) continue;
    const { numAffectedRows } = await sql`
      update ${sql.table(name)} set remote_deleted_at = ${at}::timestamptz, changed_at = ${at}::timestamptz
      where integration_id = ${integrationId} and remote_deleted_at is null
    `.execute(transaction);
    note(name, numAffectedRows);
  }
  return changes;
}
