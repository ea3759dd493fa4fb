import { sql } from 'kysely';
import { systemClock, type Clock } from '../../../contracts/clock.ts';
import { most, type KeyState } from '../../gem/allowance.ts';
import type { KeyStates } from '../../gem/gate.ts';
import type { Database } from '../schema.ts';

/**
 * The state of Gem's keys in a database that processes share. Their own clocks may differ, so the time is the database's;
 * where a clock was handed in, it is that.
 */
export function sharedStates(database: Database, clock: Clock): KeyStates {
  return {
    slice: most,
    change: (key, change) =>
      database.transaction().execute(async (transaction) => {
        const { now, ...before } = await lockState(transaction, key);
        const { state, result } = change(before, clock === systemClock ? now : clock.now());
        await sql`
          update gem_keys set spent_until = ${state.spentUntil}::float8, closed_until = ${state.closedUntil}::float8,
            failures = ${state.failures}::integer, probing_until = ${state.probingUntil}::float8
          where key_digest = ${key}
        `.execute(transaction);
        return result;
      }),
  };
}

/** Holds the row of a key to the end of the transaction; a key that was never asked with gets one. */
async function lockState(transaction: Database, key: string): Promise<KeyState & { now: number }> {
  const { rows } = await sql<KeyState & { now: number }>`
    insert into gem_keys (key_digest) values (${key})
    on conflict (key_digest) do update set key_digest = excluded.key_digest
    returning spent_until as "spentUntil", closed_until as "closedUntil", failures, probing_until as "probingUntil",
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now
  `.execute(transaction);
  const [row] = rows;
  if (!row) throw new Error('the database gave no state of the key');
  return row;
}

/** Forgets keys that were not used for long. */
export async function forgetKeyStates(database: Database, before: number): Promise<void> {
  await sql`delete from gem_keys where spent_until < ${before}::float8`.execute(database);
}
