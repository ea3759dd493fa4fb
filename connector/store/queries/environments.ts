import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Whoever uses the unified API with one API key. */
export interface Environment {
  id: string;
  name: string;
}

/**
 * Stores an environment under its API key, of which only a hash is kept. An environment of the same id takes over
 * the name and the key.
 */
export async function createEnvironment(
  database: Database,
  { id, name, apiKey, createdAt }: Environment & { apiKey: string; createdAt: string },
): Promise<Environment> {
  await sql`
    insert into environments (id, name, api_key_hash, created_at)
    values (${id}, ${name}, ${hash(apiKey)}, ${createdAt}::timestamptz)
    on conflict (id) do update set name = excluded.name, api_key_hash = excluded.api_key_hash
  `.execute(database);
  return { id, name };
}

/** @returns undefined when no environment has this API key */
export async function findEnvironment(database: Database, apiKey: string): Promise<Environment | undefined> {
  const { rows } = await sql<Environment>`
    select id, name from environments where api_key_hash = ${hash(apiKey)}
  `.execute(database);
  return rows[0];
}

function hash(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex');
}
