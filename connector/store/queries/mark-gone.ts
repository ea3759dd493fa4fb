import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import type { Database } from '../schema.ts';

/**
 * Marks a model's rows deleted that a full sync has not met (kombo-unified-api §5.3). What was brought since it began was
 * met elsewhere, and is not gone.
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
  // Locked in the order of their ids first, as others do. A row that changed meanwhile is looked at again, as it is by then.
  const { numAffectedRows } = await sql`
    with gone as materialized (
      select id from ${sql.table(model)} as present
      where integration_id = ${integrationId}
        and remote_deleted_at is null
        and reading <= (select reading from syncs where syncs.id = ${syncId})
        and not exists (
          select from sync_sightings as sighting
          where sighting.sync_id = ${syncId} and sighting.model = ${model} and sighting.id = present.id
        )
      order by id collate "C"
      for update
    )
    update ${sql.table(model)} as present
    set remote_deleted_at = ${at}::timestamptz, changed_at = ${at}::timestamptz
    from gone where present.id = gone.id
  `.execute(database);
  return Number(numAffectedRows ?? 0);
}
