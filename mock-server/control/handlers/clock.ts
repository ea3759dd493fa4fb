import { isTellable } from '../../../contracts/clock.ts';
import type { ControlSchemas } from '../../../contracts/control.ts';
import { parseDuration } from '../../../seeds/index.ts';
import type { LiveWorld } from '../../worlds/live-world.ts';
import { worldOf, type ControlHandlers } from '../context.ts';
import { notValid } from '../problems.ts';

export const clockHandlers: ControlHandlers<'getClock' | 'changeClock'> = {
  getClock: ({ path }, context) => ({ status: 200, body: toClock(worldOf(context, path.world)) }),

  async changeClock({ path, body }, context) {
    const world = worldOf(context, path.world);
    const { set, advance, freeze } = body;
    const time =
      (set === undefined ? world.clock.now() : Date.parse(set)) + (advance ? lengthOf(advance) : 0);
    if (!isTellable(time)) throw notValid('body.advance', 'leads out of the years 0 to 9999');
    // Frozen first: a clock that runs would be a little later by the time it is frozen.
    if (freeze === true) world.clock.freeze();
    if (set !== undefined || advance !== undefined) world.clock.set(time);
    if (freeze === false) world.clock.resume();
    await world.unsettled();
    return { status: 200, body: toClock(world) };
  },
};

/** @throws ControlProblem 422 */
export function lengthOf(duration: string, path = 'body.advance'): number {
  try {
    return parseDuration(duration);
  } catch (error) {
    throw notValid(path, error instanceof Error ? error.message : String(error));
  }
}

function toClock(world: LiveWorld): ControlSchemas['Clock'] {
  return { now: world.now(), state: world.clock.state };
}
