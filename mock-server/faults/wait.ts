import { setTimeout } from 'node:timers/promises';

/**
 * Waits by the machine's clock, as long as somebody waits for the answer.
 *
 * @param left is aborted when nobody does any more
 * @returns whether the time is over; false when it was cut short
 */
export async function wait(milliseconds: number, left: AbortSignal): Promise<boolean> {
  try {
    await setTimeout(milliseconds, undefined, { signal: left });
    return true;
  } catch (error) {
    if (left.aborted) return false;
    throw error;
  }
}
