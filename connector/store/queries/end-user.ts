import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Who connected an integration, as the caller knows them (kombo-unified-api §4.6). */
export interface EndUser {
  email: string | null;
  originId: string | null;
}

/** Notes who connected an integration. */
export async function saveEndUser(
  database: Database,
  { integrationId, email, originId }: EndUser & { integrationId: string },
): Promise<void> {
  await sql`
    update integrations set end_user_email = ${email}, end_user_origin_id = ${originId} where id = ${integrationId}
  `.execute(database);
}

/** Who connected an integration; nobody is known where the command line did. */
export async function readEndUser(database: Database, integrationId: string): Promise<EndUser> {
  const { rows } = await sql<EndUser>`
    select end_user_email as email, end_user_origin_id as "originId" from integrations where id = ${integrationId}
  `.execute(database);
  return rows[0] ?? { email: null, originId: null };
}
