import { sql } from 'kysely';
import type { Database } from '../store/schema.ts';

/**
 * The source that each created application gets when its call names none: the one with this id at Gem, or with this name,
 * or else the one that is called like the environment (kombo-unified-api §4.1).
 */
export interface AutomaticSource {
  id?: string | undefined;
  name?: string | undefined;
}

/** Stores which source an integration's applications get by themselves; null for none. */
export async function saveAutomaticSource(
  database: Database,
  integrationId: string,
  source: AutomaticSource | null,
): Promise<void> {
  const { id, name } = source ?? {};
  const setting = source === null ? null : JSON.stringify({ id, name });
  await sql`
    update integrations set automatic_source = ${setting}::jsonb where id = ${integrationId}
  `.execute(database);
}

/**
 * Reads which source an integration's applications get by themselves, with the name filled in where only the environment
 * gives one.
 *
 * @returns undefined when they get none
 */
export async function readAutomaticSource(
  database: Database,
  integrationId: string,
): Promise<AutomaticSource | undefined> {
  const { rows } = await sql<{ id: string | null; name: string | null; environment: string }>`
    select automatic_source ->> 'id' as id, automatic_source ->> 'name' as name, environment.name as environment
    from integrations join environments as environment on environment.id = integrations.environment_id
    where integrations.id = ${integrationId} and automatic_source is not null
  `.execute(database);
  const [row] = rows;
  if (!row) return undefined;
  if (row.id !== null) return { id: row.id };
  return { name: row.name ?? sourceNameOf(row.environment) };
}

/** The name of a source that was not chosen: the environment's, without a trailing `(Prod)`. */
export function sourceNameOf(environmentName: string): string {
  return environmentName.replace(/\s*\(prod\)\s*$/i, '').trim();
}
