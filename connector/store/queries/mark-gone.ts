import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import type { Database } from '../schema.ts';

/**
 * Marks a model's rows deleted that a full sync has not met (kombo-unified-api §5.3).
 *
 * @returns how many
 */
export async function markGone(
  database: Database,
  {
    model,
    integrationId,
    syncId,
    at,
  }: { model: ModelName; integrationId: string; syncId: string; at: string },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update ${sql.table(model)} as present
    set remote_deleted_at = ${at}::timestamptz, changed_at = ${at}::timestamptz
    where integration_id = ${integrationId}
      and remote_deleted_at is null
      and not exists (
        select from sync_sightings as sighting
        where sighting.sync_id = ${syncId} and sighting.model = ${model} and sighting.id = present.id
      )
  `.execute(database);
  return Number(numAffectedRows ?? 0);
}
