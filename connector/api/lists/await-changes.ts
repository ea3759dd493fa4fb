import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { UnifiedProblem } from '../../errors.ts';
import { changesKey } from '../../store/change-rows.ts';
import type { Database } from '../../store/schema.ts';

/**
 * Waits until the changes are visible that are being made to an integration at this moment. What they stamped may be older
 * than the call that asks now, so that the next one, which asks for what has changed since, would not show it any more.
 * Changes that begin later are stamped later, and are not waited for. A change of rows never waits for a list.
 *
 * @param patience milliseconds
 * @throws UnifiedProblem when a change takes so long that the caller had better ask again
 */
export async function awaitChanges(
  database: Database,
  integrationId: string,
  patience = defaultPatience,
): Promise<void> {
  await noteCall(database, integrationId);
  const end = performance.now() + patience;
  let changing = await changingNow(database, integrationId);
  // Asked again and again: a connection that waited would be missing elsewhere.
  for (let pause = shortestPause; changing.length > 0; pause = Math.min(pause * 1.5, longestPause)) {
    if (performance.now() > end) throw changesUnderWay();
    await setTimeout(pause);
    const still = new Set(await changingNow(database, integrationId));
    changing = changing.filter((one) => still.has(one));
  }
}

/** Milliseconds. Proxies and clients wait for thirty seconds and longer. */
const defaultPatience = 25_000;
const shortestPause = 3;
const longestPause = 100;

const changesUnderWay = () =>
  new UnifiedProblem(
    'REMOTE.SERVICE_UNAVAILABLE',
    'Changes of this integration are being stored, which a list must not miss. Repeat the call.',
  );

/**
 * Makes later changes carry no earlier stamp than this moment, even if the clock is set back. What was noted while
 * it was wrong by more than clocks are set is forgotten.
 */
async function noteCall(database: Database, integrationId: string): Promise<void> {
  await sql`
    insert into list_calls as present (integration_id, at) values (${integrationId}, clock_timestamp())
    on conflict (integration_id) do update set at = case
      when present.at < excluded.at + interval '10 minutes' then greatest(present.at, excluded.at)
      else excluded.at
    end
  `.execute(database);
}

/** The transactions that take part in the changes of an integration; a transaction's name is never used again. */
async function changingNow(database: Database, integrationId: string): Promise<string[]> {
  const { rows } = await sql<{ transaction: string }>`
    with key as (select ${changesKey(integrationId)} as value)
    select virtualtransaction as transaction
    from pg_locks, key
    where locktype = 'advisory' and objsubid = 1 and granted
      and database = (select oid from pg_database where datname = current_database())
      and (classid::bigint << 32) | objid::bigint = key.value
  `.execute(database);
  return rows.map(({ transaction }) => transaction);
}
