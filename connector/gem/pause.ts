import { setTimeout } from 'node:timers/promises';

/**
 * Waits.
 *
 * @throws the reason of the signal, as soon as that is aborted
 */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
