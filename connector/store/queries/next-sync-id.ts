import { sql } from 'kysely';
import { komboId } from '../../models/identifiers.ts';
import type { Database } from '../schema.ts';
import type { Sync } from './find-sync.ts';

/** The id of an integration's next sync of a type. It follows from what is stored, so that a replay gives the same. */
export async function nextSyncId(
  database: Database,
  { integrationId, type, at }: Pick<Sync, 'integrationId' | 'type'> & { at: string },
): Promise<string> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from syncs where integration_id = ${integrationId}
  `.execute(database);
  return komboId(integrationId, `syncs/${type}/${at}/${rows[0]?.count ?? 0}`);
}
