// Which models a sync has changed so far. It may be resumed by another process, which could not know otherwise.
import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import { toJson } from '../json.ts';
import type { Database } from '../schema.ts';

/** Notes models of which rows have changed; belongs into the transaction that changes them. */
export async function noteChangedModels(
  database: Database,
  { syncId, models }: { syncId: string; models: readonly ModelName[] },
): Promise<void> {
  if (models.length === 0) return;
  await sql`
    insert into sync_changes (sync_id, model)
    select ${syncId}, model from json_array_elements_text(${toJson(models)}::json) as given (model)
    on conflict do nothing
  `.execute(database);
}

/** The models that were noted. */
export async function readChangedModels(database: Database, syncId: string): Promise<ModelName[]> {
  const { rows } = await sql<{ model: ModelName }>`
    select model from sync_changes where sync_id = ${syncId} order by model
  `.execute(database);
  return rows.map(({ model }) => model);
}
