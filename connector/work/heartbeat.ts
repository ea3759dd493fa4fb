import { randomUUID } from 'node:crypto';
import type { Database } from '../store/schema.ts';
import { removeHeartbeat, saveHeartbeat } from '../store/queries/service-state.ts';

/** A worker's sign of life. */
export interface Heartbeat {
  /** Seconds since the last one was noted in the database. */
  seconds(): number;
  stop(): Promise<void>;
}

/** Seconds between two signs of life. */
export const beatEvery = 10;

/** Begins to give signs of life, for this process and for all others. While the database is away there are none. */
export async function startHeartbeat(database: Database): Promise<Heartbeat> {
  const workerId = randomUUID();
  let last = performance.now();
  let beating: Promise<void> | undefined;
  await saveHeartbeat(database, workerId);
  const timer = setInterval(() => {
    beating ??= saveHeartbeat(database, workerId)
      .then(() => void (last = performance.now()))
      // Whoever looks sees how long ago the last one was; the store logs an outage.
      .catch(() => {})
      .finally(() => void (beating = undefined));
  }, beatEvery * 1000);
  timer.unref();
  return {
    seconds: () => (performance.now() - last) / 1000,
    stop: async () => {
      clearInterval(timer);
      await beating;
      await removeHeartbeat(database, workerId).catch(() => {});
    },
  };
}
