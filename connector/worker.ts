import { openBackground } from './background.ts';
import { readConfig, type WorkerOptions } from './config.ts';
import { openStore } from './store/open-store.ts';

/** A running worker. */
export interface ConnectorWorker {
  /** Stops where it is good to, and leaves the rest for other workers, or for the next start. */
  close(): Promise<void>;
}

/**
 * Starts a worker, which listens on no port: it performs what is due and what was asked for, beside any number of other
 * processes on the same database.
 *
 * @throws StoreInUse when another process has the embedded database open, DatabaseUnreachable when the server cannot be
 *   used, UnusableKey, MissingKey, LostKey or WrongKey when the encryption key will not do
 */
export async function startConnectorWorker(options: WorkerOptions): Promise<ConnectorWorker> {
  const config = readConfig({ ...options, isWorker: true });
  const store = await openStore(config);
  try {
    const background = await openBackground(store, config);
    return {
      close: async () => {
        await background.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
