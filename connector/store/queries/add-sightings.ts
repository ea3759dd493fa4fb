import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import { toJson } from '../json.ts';
import type { Database } from '../schema.ts';

/** Notes that a full sync has met these rows of a model. */
export async function addSightings(
  database: Database,
  { syncId, model, ids }: { syncId: string; model: ModelName; ids: readonly string[] },
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into sync_sightings (sync_id, model, id)
    select ${syncId}, ${model}, id from json_array_elements_text(${toJson(ids)}::json) as given (id)
    on conflict do nothing
  `.execute(database);
}

/**
 * Notes that a full sync has met whatever a model has stored of these records, because they exist at Gem but could not
 * be read.
 *
 * @param column the column that names the record: `id`, or the model's owner column
 */
export async function addSightingsOfRecords(
  database: Database,
  {
    syncId,
    model,
    column,
    ids,
  }: { syncId: string; model: ModelName; column: string; ids: readonly string[] },
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into sync_sightings (sync_id, model, id)
    select ${syncId}, ${model}, id from ${sql.table(model)}
    where ${sql.ref(column)} in (select json_array_elements_text(${toJson(ids)}::json))
    on conflict do nothing
  `.execute(database);
}
