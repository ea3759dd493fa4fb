import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import { toJson } from '../json.ts';
import type { Database } from '../schema.ts';

/** What a full sync has not met of a model. */
export interface MissingRows {
  /** Rows that are not known to be gone. */
  known: number;
  /** Those of them that were not met. */
  missing: number;
  /** Gem's ids of some of these, in no order that means anything. */
  remoteIds: string[];
}

/**
 * Counts the rows of a model that a full sync has not met, and names some.
 *
 * @param among Gem's ids of the records that count; undefined when all do
 * @param limit how many are named
 */
export async function readMissingRows(
  database: Database,
  {
    model,
    integrationId,
    syncId,
    among,
    limit,
  }: {
    model: ModelName;
    integrationId: string;
    syncId: string;
    among: readonly string[] | undefined;
    limit: number;
  },
): Promise<MissingRows> {
  const { rows } = await sql<MissingRows>`
    with present as (
      select id, remote_id,
        exists (
          select from sync_sightings as sighting
          where sighting.sync_id = ${syncId} and sighting.model = ${model} and sighting.id = present.id
        ) as is_met
      from ${sql.table(model)} as present
      where integration_id = ${integrationId} and remote_deleted_at is null
        and (${among === undefined}::boolean
          or remote_id in (select json_array_elements_text(${toJson(among ?? [])}::json)))
    )
    select count(*)::integer as known, count(*) filter (where not is_met)::integer as missing,
      array(select remote_id from present where not is_met order by id limit ${limit}::integer) as "remoteIds"
    from present
  `.execute(database);
  return rows[0] ?? { known: 0, missing: 0, remoteIds: [] };
}
