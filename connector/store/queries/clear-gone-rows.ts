import { sql } from 'kysely';
import { models } from '../../models/index.ts';
import type { Model } from '../../models/model.ts';
import type { Database } from '../schema.ts';

/**
 * Sets all values of rows to null that have been gone from Gem for long; their keys stay: ids, moments, and in rows that
 * join two records which they join (kombo-unified-api §5.3). A row whose record comes back is filled again by a sync.
 *
 * @param before an instant; rows that have gone since then are left as they are
 * @param at the instant to note as `changed_at`
 * @returns how many rows were cleared
 */
export async function clearGoneRows(
  database: Database,
  { before, at }: { before: string; at: string },
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
      where remote_deleted_at < ${before}::timestamptz and not is_cleared
    `.execute(database);
    cleared += Number(numAffectedRows ?? 0);
  }
  return cleared;
}

function valuesOf({ columns, derivedColumns, owner }: Model): string[] {
  const all = Object.keys({ ...columns, ...derivedColumns });
  return owner === undefined ? all : all.filter((column) => !column.endsWith('_id'));
}
