import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import { toJson } from '../json.ts';
import type { Database } from '../schema.ts';

/**
 * Marks the rows deleted that belonged to a record and are no longer part of it, such as a person who has left a
 * hiring team.
 *
 * @param column the column that names the owner
 * @param owners ids of the records that were read
 * @param present ids of the rows that they still have
 * @returns the ids of the rows that are gone
 */
export async function markMissingOfOwner(
  database: Database,
  {
    model,
    column,
    owners,
    present,
    at,
  }: { model: ModelName; column: string; owners: readonly string[]; present: readonly string[]; at: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with missing as materialized (
      select id from ${sql.table(model)}
      where ${sql.ref(column)} in (select json_array_elements_text(${toJson(owners)}::json))
        and remote_deleted_at is null
        and id not in (select json_array_elements_text(${toJson(present)}::json))
      order by id collate "C"
      for update
    )
    update ${sql.table(model)} as present
    set remote_deleted_at = ${at}::timestamptz, changed_at = ${at}::timestamptz
    from missing where present.id = missing.id
    returning present.id
  `.execute(database);
  return rows.map(({ id }) => id);
}
