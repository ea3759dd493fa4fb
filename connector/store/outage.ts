import { setTimeout } from 'node:timers/promises';
import type { Log } from '../log.ts';
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
  /** Calls a function after each outage. */
  onOver(listener: () => void): void;
  /** Stops looking whether the database is back. */
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
  let reportedFullAt = -Infinity;
  const listeners: (() => void)[] = [];

  async function wait({ reason, isFull }: DatabaseUnreachable): Promise<void> {
    if (isFull) await reportFull(reason);
    const since = performance.now();
    let isReported = false;
    while (!closed.signal.aborted) {
      try {
        await probe();
        if (isReported) log(`${name} is back, after ${Math.ceil((performance.now() - since) / 1000)} s`);
        return;
      } catch {
        if (!isReported && !isFull) log(`${name} is away: ${reason}. ${whatNow}`);
        isReported = true;
        await sleep(pause);
      }
    }
  }

  /** What is full answers other questions, so only a write would tell whether there is room again. */
  async function reportFull(reason: string): Promise<void> {
    if (performance.now() - reportedFullAt > betweenReports)
      log(`${name} has no room to write: ${reason}. ${whatNow}`);
    reportedFullAt = performance.now();
    await sleep(pauseWhenFull);
  }

  async function sleep(milliseconds: number): Promise<void> {
    await setTimeout(milliseconds, undefined, { signal: closed.signal }).catch(() => {});
  }

  return {
    notice(caught) {
      if (!(caught instanceof DatabaseUnreachable) && !saysUnreachable(caught)) return caught;
      const unreachable =
        caught instanceof DatabaseUnreachable
          ? caught
          : new DatabaseUnreachable({ cause: caught, database: name });
      outage ??= wait(unreachable).finally(() => {
        outage = undefined;
        if (!closed.signal.aborted) for (const listener of listeners) listener();
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
    onOver: (listener) => void listeners.push(listener),
    close: () => closed.abort(),
  };
}

const whatNow = 'Calls are answered with 503, and work goes on once it is back';

/** Milliseconds between two looks whether the database is back. */
const pause = 500;

/** Milliseconds after which writing is tried again, and for which the outage is not logged again. */
const [pauseWhenFull, betweenReports] = [3000, 60_000];
