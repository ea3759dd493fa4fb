import { randomUUID, createHash } from 'node:crypto';
import type { IncomingMessage as Request } from 'node:http';
import { sql } from 'kysely';
import { tooManyActions, tooManyCalls } from '../errors.ts';
import type { Services } from '../actions/services.ts';
import type { Database } from '../store/schema.ts';

/** How much callers may ask for (kombo-unified-api §1.7). */
export interface CallLimits {
  /** Calls of an API key in each window; null for as many as it likes. */
  calls: number | null;
  /** How long a window is. */
  seconds: number;
  /** Actions of an integration that may run at once; null for as many as come. */
  actions: number | null;
}

/** Kombo's own numbers; the length of its window is not known (kombo-unified-api §1.7). */
export const defaultLimits: CallLimits = { calls: 300, seconds: 60, actions: 30 };

/** No limits at all. */
export const noLimits: CallLimits = { calls: null, seconds: 60, actions: null };

/** Keeps callers within their limits, and tells them how they stand. */
export interface Limits {
  /** @throws UnifiedProblem when the key has used up its window */
  countCall(request: Request, apiKey: string): Promise<void>;
  /**
   * Does an action.
   *
   * @throws UnifiedProblem when too many of the integration run; whatever the action throws
   */
  during<Result>(
    request: Request,
    integrationId: string,
    act: () => Result | Promise<Result>,
  ): Promise<Result>;
  /** The headers of an answer that are about the limits. */
  headersOf(request: Request): Record<string, string>;
}

/** Puts limits on callers. The counts are in the database, so that processes share them. */
export function createLimits(
  { database, clock, log }: Pick<Services, 'database' | 'clock' | 'log'>,
  { calls, seconds, actions }: CallLimits,
): Limits {
  const headersOfRequests = new WeakMap<Request, Record<string, string>>();
  const tell = (request: Request, headers: Record<string, string>) =>
    headersOfRequests.set(request, { ...headersOfRequests.get(request), ...headers });

  return {
    async countCall(request, apiKey) {
      if (calls === null) return;
      const counted = await countCall(database, { apiKey, now: clock.now(), length: seconds * 1000 });
      tell(request, {
        'ratelimit-limit': `${calls}`,
        'ratelimit-remaining': `${Math.max(0, calls - counted.calls)}`,
        'ratelimit-reset': `${Math.ceil(counted.left / 1000)}`,
      });
      if (counted.calls > calls) throw tooManyCalls();
    },

    async during(request, integrationId, act) {
      if (actions === null) return act();
      const lease = { integrationId, name: randomUUID() };
      const now = clock.now();
      const running = await takeActionSlot(database, lease, {
        now,
        until: now + longestAction,
        limit: actions,
      });
      tell(request, {
        'Concurrency-Limit': `${actions}`,
        'Concurrency-Remaining': `${running === undefined ? 0 : actions - running}`,
      });
      if (running === undefined) throw tooManyActions();
      try {
        return await act();
      } finally {
        // The action is done by then; a slot that is not freed frees itself in time.
        await freeActionSlot(database, lease).catch((error: unknown) =>
          log('the end of an action could not be noted', error),
        );
      }
    },

    headersOf: (request) => headersOfRequests.get(request) ?? {},
  };
}

/** Milliseconds. No action takes as long, unless its process is gone. */
const longestAction = 600_000;

/** How a key's calls stand, with the one that was just counted. */
interface CountedCalls {
  /** In the window so far. */
  calls: number;
  /** Milliseconds until the window ends. */
  left: number;
}

/**
 * Counts a call of an API key. The count is in the database, so that all processes share it; a window begins with the
 * first call after the end of the last one.
 *
 * @param now milliseconds since 1970
 * @param length of a window, in milliseconds
 */
export async function countCall(
  database: Database,
  { apiKey, now, length }: { apiKey: string; now: number; length: number },
): Promise<CountedCalls> {
  const hash = createHash('sha256').update(apiKey).digest('hex');
  const { rows } = await sql<CountedCalls>`
    insert into call_windows as present (api_key_hash, ends_at, calls)
    values (${hash}, ${now}::bigint + ${length}::bigint, 1)
    on conflict (api_key_hash) do update set
      calls = case when present.ends_at <= ${now}::bigint then 1 else present.calls + 1 end,
      ends_at = case when present.ends_at <= ${now}::bigint then excluded.ends_at else present.ends_at end
    returning calls, (ends_at - ${now}::bigint)::float8 as left
  `.execute(database);
  const [row] = rows;
  if (!row) throw new Error('the database counted no call');
  return row;
}

// Which actions run for an integration, over all processes. Those of a process that died count until their time is over.

/** One action that wants to run. */
interface Lease {
  integrationId: string;
  /** Tells the action from all others. */
  name: string;
}

/**
 * Lets an action run, unless as many as may do already. A call at the same moment waits for the row.
 *
 * @param bounds.now milliseconds since 1970
 * @param bounds.until when it counts no longer, even if it did not end
 * @returns how many run now; undefined when it may not
 */
export async function takeActionSlot(
  database: Database,
  { integrationId, name }: Lease,
  { now, until, limit }: { now: number; until: number; limit: number },
): Promise<number | undefined> {
  const { rows } = await sql<{ running: number }>`
    insert into actions_under_way as present (integration_id, leases)
    values (${integrationId}, jsonb_build_object(${name}::text, ${until}::bigint))
    on conflict (integration_id) do update set
      leases = excluded.leases || (
        select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(present.leases)
        where value::bigint > ${now}::bigint
      )
    where (select count(*) from jsonb_each(present.leases) where value::bigint > ${now}::bigint) < ${limit}::integer
    returning (select count(*)::integer from jsonb_object_keys(present.leases)) as running
  `.execute(database);
  return rows[0]?.running;
}

/** Makes room for another action. */
export async function freeActionSlot(database: Database, { integrationId, name }: Lease): Promise<void> {
  await sql`
    update actions_under_way set leases = leases - ${name}::text where integration_id = ${integrationId}
  `.execute(database);
}
