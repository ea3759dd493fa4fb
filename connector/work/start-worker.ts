import { setTimeout } from 'node:timers/promises';
import { DatabaseUnreachable } from '../store/database-unreachable.ts';
import { ShuttingDown } from '../sync/outcome.ts';
import type { Kind, WorkContext } from './kind.ts';
import type { JobData, Queue } from './queue.ts';

/** Work that goes on in the background. */
export interface Worker {
  /** Lets what is being done come to its next good end, and leaves the rest for another. */
  stop(): Promise<void>;
}

/**
 * Begins to do background work of these kinds, beside any number of other processes. The queue must have been opened for
 * a worker; it is not stopped with the worker.
 */
export async function startWorker(
  context: Omit<WorkContext, 'queue'> & { queue: Queue },
  kinds: readonly Kind[],
): Promise<Worker> {
  const { queue, settings, log } = context;
  const { outages } = context.store;
  const stopping = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const looks = new Set<Promise<void>>();
  for (const kind of kinds) {
    await queue.work(kind.name, kind.atOnce(settings), (data) => doJob(kind, data));
    const every = kind.every?.(settings);
    if (every === undefined) continue;
    // At the start at once: what a process left that died is not to wait.
    await queue.send(kind.name, {}, '');
    timers.push(setInterval(() => void sendNext(kind.name, every), every * 1000));
  }

  // What an outage broke off elsewhere, or between two jobs, is looked for as soon as it is over.
  outages.onOver(() => {
    if (stopping.signal.aborted) return;
    for (const kind of kinds) {
      if ((kind.every?.(settings) ?? Infinity) > settings.checkEverySeconds) continue;
      const look = doJob(kind, {}).catch(() => {});
      looks.add(look);
      void look.finally(() => looks.delete(look));
    }
  });

  /** What breaks off because the database is away is done again as soon as it is back; no caller has to ask for it. */
  async function doJob(kind: Kind, data: JobData): Promise<void> {
    const { signal } = stopping;
    for (;;) {
      try {
        return await kind.run(context, data, signal);
      } catch (caught) {
        const error = outages.notice(caught);
        const isAway = error instanceof DatabaseUnreachable;
        if (!isAway) log(`work of the kind ${kind.name} failed`, error);
        if (!isAway || signal.aborted) throw error;
      }
      await outages.over(signal);
      await setTimeout(breath, undefined, { signal }).catch(() => {});
    }
  }

  async function sendNext(kind: string, every: number): Promise<void> {
    try {
      await queue.sendOnceIn(every, kind);
    } catch (error) {
      // Of an outage the operator was told already.
      if (!(error instanceof DatabaseUnreachable)) log('the queue has a problem', error);
    }
  }

  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      // First no more jobs are taken, so that what is given back goes to others.
      const left = kinds.map(({ name }) => queue.leave(name));
      stopping.abort(new ShuttingDown());
      await Promise.all([...left, ...looks]);
    },
  };
}

/** Milliseconds before work that an outage broke off is done again, should the database break it off again and again. */
const breath = 250;
