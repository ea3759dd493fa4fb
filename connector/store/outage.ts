import { setTimeout } from 'node:timers/promises';
import type { Log } from '../log.ts';

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

/**
 * The database cannot be used at the moment: it is away, starting, full, or takes no more connections. What was asked of it
 * may be asked again. The message carries the reason in its own words, and never the address with its password.
 */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';
  /** The reason alone. */
  readonly reason: string;
  /** Whether it is there, but has no room to write. */
  readonly isFull: boolean;
  constructor({ cause, database = 'the database of DATABASE_URL' }: { cause: unknown; database?: string }) {
    const reason = reasonOf(cause);
    super(`${database} cannot be used: ${reason}`, { cause });
    this.reason = reason;
    this.isFull = fullCodes.test(codeOf(cause));
  }
}

/** Whether an error of a driver says that the database cannot be used, and not that a query was wrong. */
export function saysUnreachable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if (error instanceof AggregateError) return error.errors.some(saysUnreachable);
  // No server listens, or the file of the socket is not there.
  if ('syscall' in error && error.syscall === 'connect') return true;
  return unreachableCodes.test(codeOf(error)) || unreachableMessages.test(messageOf(error));
}

/**
 * PostgreSQL's: no connection (08), one too many, a full disk or memory, shutting down, starting up, a server that became
 * read-only while another one took its place. The system's: no network, no server, a full disk.
 */
const unreachableCodes =
  /^(?:08...|53[123]00|57P0[1235]|58030|25006|E(?:CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH|HOSTDOWN|NET\w+|NOTFOUND|AI_AGAIN|NOSPC|DQUOT))$/;

const fullCodes = /^(?:53100|ENOSPC|EDQUOT)$/;

/** The driver has no codes of its own. */
const unreachableMessages =
  /^(?:LISTEN\/NOTIFY|Connection terminated|Connection lost|Client (?:has encountered a connection error|was closed)|Query read timeout|timeout e)/;

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0]);
  if (cause instanceof TypeError) return 'it is not an address like postgres://user:password@host:5432/name';
  // The queue names the place that noticed it.
  return messageOf(cause).replace(/ \(Queue: [^)]*\)$/, '') || 'unknown reason';
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return String(error.code);
}

/** The queue has error objects of its own. */
function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return '';
  return String(error.message);
}
