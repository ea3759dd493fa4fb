import { sql } from 'kysely';
import { toJson } from '../json.ts';
import type { Database } from '../schema.ts';

/** Whether an integration has any of these users of Gem, or no users at all yet. */
export async function sharesUsers(
  database: Database,
  { integrationId, remoteIds }: { integrationId: string; remoteIds: readonly string[] },
): Promise<boolean> {
  const { rows } = await sql<{ shares: boolean }>`
    select count(*) = 0
      or bool_or(remote_id in (select json_array_elements_text(${toJson(remoteIds)}::json))) as shares
    from ats_users where integration_id = ${integrationId}
  `.execute(database);
  return rows[0]?.shares ?? true;
}
