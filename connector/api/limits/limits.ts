import { randomUUID } from 'node:crypto';
import type { IncomingMessage as Request } from 'node:http';
import { tooManyActions, tooManyCalls } from '../../errors.ts';
import type { Services } from '../../actions/services.ts';
import { freeActionSlot, takeActionSlot } from './action-slots.ts';
import { countCall } from './count-call.ts';

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
