import { ShuttingDown } from '../sync/index.ts';
import type { Kind, WorkContext } from './kind.ts';
import { kinds as allKinds } from './kinds.ts';
import type { Queue } from './queue.ts';

/** Work that goes on in the background. */
export interface Worker {
  /** Lets what is being done come to its next good end, and leaves the rest for another. */
  stop(): Promise<void>;
}

/**
 * Begins to do background work of every kind, beside any number of other processes. The queue must have been opened for
 * a worker; it is not stopped with the worker.
 */
export async function startWorker(
  context: Omit<WorkContext, 'queue'> & { queue: Queue },
  kinds: readonly Kind[] = allKinds,
): Promise<Worker> {
  const { queue, settings, log } = context;
  const stopping = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  for (const kind of kinds) {
    await queue.work(kind, kind.atOnce(settings), (data) => doJob(kind, data));
    const every = kind.every?.(settings);
    if (every === undefined) continue;
    // At the start at once: what a process left that died is not to wait.
    await queue.send(kind.name, {}, '');
    timers.push(setInterval(() => void sendNext(kind.name, every), every * 1000));
  }

  async function doJob(kind: Kind, data: Readonly<Record<string, string>>): Promise<void> {
    try {
      await kind.run(context, data, stopping.signal);
    } catch (error) {
      log(`work of the kind ${kind.name} failed`, error);
      throw error;
    }
  }

  async function sendNext(kind: string, every: number): Promise<void> {
    await queue.sendOnceIn(every, kind).catch((error: unknown) => log('the queue has a problem', error));
  }

  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      // First no more jobs are taken, so that what is given back goes to others.
      const left = kinds.map(({ name }) => queue.leave(name));
      stopping.abort(new ShuttingDown());
      await Promise.all(left);
    },
  };
}
