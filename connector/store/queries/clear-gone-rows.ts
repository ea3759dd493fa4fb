import { sql } from 'kysely';
import type { Clock } from '../../../contracts/clock.ts';
import { models } from '../../models/index.ts';
import type { Model } from '../../models/model.ts';
import { changeRows } from '../change-rows.ts';
import type { Database } from '../schema.ts';

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
  return cleared;
}

function valuesOf({ columns, derivedColumns, owner }: Model): string[] {
  const all = Object.keys({ ...columns, ...derivedColumns });
  return owner === undefined ? all : all.filter((column) => !column.endsWith('_id'));
}
