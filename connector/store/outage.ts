import { setTimeout } from 'node:timers/promises';
import type { Log } from '../config.ts';
import { DatabaseUnreachable, saysUnreachable } from './database-unreachable.ts';

/** Times in which the database cannot be used. */
export interface Outages {
  /**
   * Looks at an error that came of using the database. One that says that the database cannot be used begins an outage.
   *
   * @returns a DatabaseUnreachable in its place; any other error as it is
   */
  notice(error: unknown): unknown;
  /** Resolves when the database can be used; at once when it can, or when the signal is aborted. */
  over(signal: AbortSignal): Promise<void>;
  /** Looks no more whether the database is back. */
  close(): void;
}

/**
 * Watches over the outages of a database: one line when it is away and one when it is back, however many queries fail
 * meanwhile. A single broken connection to a database that is there is no outage.
 *
 * @param probe resolves when the database can be used
 * @param name what operators know it by
 */
export function watchOutages(probe: () => Promise<unknown>, log: Log, name: string): Outages {
  const closed = new AbortController();
  let outage: Promise<void> | undefined;

  async function wait(reason: string): Promise<void> {
    const since = performance.now();
    let isTold = false;
    while (!closed.signal.aborted) {
      try {
        await probe();
        if (isTold) log(`${name} is back, after ${Math.ceil((performance.now() - since) / 1000)} s`);
        return;
      } catch {
        if (!isTold)
          log(`${name} is away: ${reason}. Calls are answered with 503, and work goes on once it is back`);
        isTold = true;
        await setTimeout(pause, undefined, { signal: closed.signal }).catch(() => {});
      }
    }
  }

  return {
    notice(caught) {
      if (!(caught instanceof DatabaseUnreachable) && !saysUnreachable(caught)) return caught;
      const unreachable =
        caught instanceof DatabaseUnreachable
          ? caught
          : new DatabaseUnreachable({ cause: caught, database: name });
      outage ??= wait(unreachable.reason).finally(() => {
        outage = undefined;
      });
      return unreachable;
    },
    over: async (signal) => {
      if (!outage || signal.aborted) return;
      const aborted = new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await Promise.race([outage, aborted]);
    },
    close: () => closed.abort(),
  };
}

/** Milliseconds between two looks whether the database is back. */
const pause = 500;
