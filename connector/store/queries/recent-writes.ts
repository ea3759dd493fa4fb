// What was written to Gem lately, so that the same call sent several times at once is done once and answered alike.
import { sql } from 'kysely';
import { toJson } from '../storable.ts';
import type { Database } from '../schema.ts';

/** What was written, by a digest of what was asked for. */
export interface WriteKey {
  integrationId: string;
  target: string;
}

/** The number of an integration's latest write; what is written from now on has a larger one. */
export async function lastWriteNumber(database: Database, integrationId: string): Promise<number> {
  const { rows } = await sql<{ number: string }>`
    select coalesce(max(number), 0)::text as number from recent_writes where integration_id = ${integrationId}
  `.execute(database);
  return Number(rows[0]?.number ?? 0);
}

/**
 * Takes the result of a write that was made after a moment, or that no caller has got yet. The latter is given out once.
 *
 * @param after the number of the latest write at that moment
 * @returns undefined when there is none
 */
export async function collectWrite(
  database: Database,
  { integrationId, target }: WriteKey,
  after: number,
): Promise<{ result: unknown } | undefined> {
  const { rows } = await sql<{ result: unknown }>`
    update recent_writes set is_uncollected = false
    where integration_id = ${integrationId} and target = ${target}::text
      and (number > ${after}::bigint or is_uncollected)
    returning result
  `.execute(database);
  return rows[0];
}

/** Notes the result of a write. The caller holds the lock of what is written. */
export async function noteWrite(
  database: Database,
  {
    integrationId,
    target,
    result,
    isUncollected,
    at,
  }: WriteKey & { result: object; isUncollected: boolean; at: string },
): Promise<void> {
  await sql`
    insert into recent_writes (integration_id, target, number, result, is_uncollected, written_at)
    values (${integrationId}, ${target}::text, nextval('recent_write_numbers'), ${toJson(result)}::jsonb,
      ${isUncollected}::boolean, ${at}::timestamptz)
    on conflict (integration_id, target) do update set number = excluded.number, result = excluded.result,
      is_uncollected = excluded.is_uncollected, written_at = excluded.written_at
  `.execute(database);
}

/** Forgets the writes before an instant. */
export async function forgetWrites(database: Database, before: string): Promise<void> {
  await sql`delete from recent_writes where written_at < ${before}::timestamptz`.execute(database);
}
