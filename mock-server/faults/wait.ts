import { setTimeout } from 'node:timers/promises';
import type { World } from '../world/world.ts';

/**
 * Waits by the machine's clock, as long as somebody waits for the answer and the world does not begin anew.
 *
 * @param left is aborted when nobody does any more
 * @returns whether the answer is due; false when nobody waits for it any more
 */
export async function wait(
  milliseconds: number,
  left: AbortSignal,
  { lifetime }: Pick<World, 'lifetime'>,
): Promise<boolean> {
  const signal = AbortSignal.any([left, lifetime]);
  try {
    await setTimeout(milliseconds, undefined, { signal });
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    return !left.aborted;
  }
}
