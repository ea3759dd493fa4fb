import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Notes where callers of an environment reach the connector. */
export async function savePublicUrl(
  database: Database,
  { environmentId, publicUrl }: { environmentId: string; publicUrl: string },
): Promise<void> {
  await sql`update environments set public_url = ${publicUrl} where id = ${environmentId}`.execute(database);
}

/** @returns an empty text while it is not known */
export async function readPublicUrl(database: Database, environmentId: string): Promise<string> {
  const { rows } = await sql<{ url: string | null }>`
    select public_url as url from environments where id = ${environmentId}
  `.execute(database);
  return rows[0]?.url ?? '';
}
