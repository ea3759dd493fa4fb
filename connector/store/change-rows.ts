import { sql } from 'kysely';
import { systemClock, toInstant, type Clock } from '../../contracts/clock.ts';
import type { Database } from './schema.ts';

/** Whose rows are to be changed, and how. */
export interface ChangeRows {
  integrationId: string;
  clock: Clock;
  /**
   * Whether it goes through all rows of an integration, and so waits for every other change, and they for it.
   * Left out, any number of changes run side by side.
   */
  isAlone?: boolean;
}

/**
 * Changes rows of an integration in one transaction. Whatever sets `changed_at` does so in here, and to the moment that
 * it is given: only then can a list tell what it might miss (`api/lists/await-changes.ts`).
 *
 * @param change may be called again with a new transaction, after one that was rolled back because of another
 */
export async function changeRows<Result>(
  database: Database,
  options: ChangeRows,
  change: (transaction: Database, at: string) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction().execute(async (transaction) => {
        await takePart(transaction, { ...options, isAlone: options.isAlone || attempt > maxSideBySide });
        return change(transaction, await readMoment(transaction, options));
      });
    } catch (error) {
      // Rows are locked in one order, so that this is rare: of two that wait for each other, the server ends one.
      if (attempt === maxAttempts || !isEndedForAnother(error)) throw error;
    }
  }
}

/** Takes part in the changes of an integration until the transaction ends, so that a list sees who is changing rows. */
export async function takePart(
  transaction: Database,
  { integrationId, isAlone = false }: Omit<ChangeRows, 'clock'>,
): Promise<void> {
  const lock = sql.raw(isAlone ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared');
  await sql`select ${lock}(${changesKey(integrationId)})`.execute(transaction);
}

/** What makes the name of the lock that those hold who change rows of an integration. */
export const changesKey = (integrationId: string) =>
  sql<bigint>`hashtextextended(${`changes of ${integrationId}`}::text, 0)`;

/**
 * The moment to stamp with. It is read once the lock is held, and by the one clock that all processes share, the
 * database's; where a clock was handed in, by that. Lists were not asked for later than that: a clock that was set back
 * meanwhile, by no more than clocks are set, does not count.
 */
async function readMoment(transaction: Database, { integrationId, clock }: ChangeRows): Promise<string> {
  const given = clock === systemClock ? null : toInstant(clock.now());
  const { rows } = await sql<{ at: string }>`
    select instant(case when call.at < now.at + interval '10 minutes' then greatest(call.at, now.at) else now.at end) as at
    from (select coalesce(${given}::timestamptz, clock_timestamp()) as at) as now
      left join list_calls as call on call.integration_id = ${integrationId}
  `.execute(transaction);
  const [row] = rows;
  if (!row) throw new Error('the database did not tell the time');
  return row.at;
}

const maxAttempts = 5;

/** How often a change is tried beside others. One that goes through many rows may lose each time; alone it cannot. */
const maxSideBySide = 2;

/** PostgreSQL's deadlock_detected and serialization_failure. */
function isEndedForAnother(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === '40P01' || code === '40001';
}
