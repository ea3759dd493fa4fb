import { sql } from 'kysely';
import { createHash } from 'node:crypto';
import type { Database } from '../schema.ts';

/** A user of the unified API, with an API key. */
export interface Environment {
  id: string;
  name: string;
}

/**
 * Stores an environment and an API key that opens it, of which only a hash is stored. An environment of the same id takes
 * over the name.
 *
 * @param isOnlyKey whether the keys that opened it before cease to; otherwise they go on to
 */
export async function createEnvironment(
  database: Database,
  {
    id,
    name,
    apiKey,
    createdAt,
    isOnlyKey = false,
  }: Environment & { apiKey: string; createdAt: string; isOnlyKey?: boolean },
): Promise<Environment> {
  await database.transaction().execute(async (transaction) => {
    await sql`
      insert into environments (id, name, created_at) values (${id}, ${name}, ${createdAt}::timestamptz)
      on conflict (id) do update set name = excluded.name
    `.execute(transaction);
    await sql`
      insert into environment_keys (api_key_hash, environment_id, created_at)
      values (${hash(apiKey)}, ${id}, ${createdAt}::timestamptz)
      on conflict (api_key_hash) do update set environment_id = excluded.environment_id
    `.execute(transaction);
    if (!isOnlyKey) return;
    await sql`
      delete from environment_keys where environment_id = ${id} and api_key_hash <> ${hash(apiKey)}
    `.execute(transaction);
  });
  return { id, name };
}

/** @returns undefined when no environment has this API key */
export async function findEnvironment(database: Database, apiKey: string): Promise<Environment | undefined> {
  const { rows } = await sql<Environment>`
    select environment.id, environment.name
    from environment_keys as key join environments as environment on environment.id = key.environment_id
    where key.api_key_hash = ${hash(apiKey)}
  `.execute(database);
  return rows[0];
}

function hash(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex');
}

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
