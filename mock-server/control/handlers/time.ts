// What happens as time goes by: clocks, timelines, and recruiters at work.
import { isTellable, toInstant } from '../../../contracts/clock.ts';
import type { ControlSchemas } from '../../../contracts/control.ts';
import { parseDuration, type TimelineEntry } from '../../../seeds/index.ts';
import type { LiveWorld } from '../../worlds/live-world.ts';
import { worldOf, type ControlHandlers } from '../context.ts';
import { notValid } from '../problems.ts';
import type { EditOutcome } from '../../edits/apply-edits.ts';

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
    const clock = toClock(world);
    world.tell({ type: 'clock', clock });
    return { status: 200, body: clock };
  },
};

/** @throws ControlProblem 422 */
function lengthOf(duration: string, path = 'body.advance'): number {
  try {
    return parseDuration(duration);
  } catch (error) {
    throw notValid(path, error instanceof Error ? error.message : String(error));
  }
}

function toClock(world: LiveWorld): ControlSchemas['Clock'] {
  return { now: world.now(), state: world.clock.state };
}

export const timelineHandlers: ControlHandlers<'listTimeline' | 'addToTimeline'> = {
  listTimeline: ({ path }, context) => ({ status: 200, body: toTimeline(worldOf(context, path.world)) }),

  async addToTimeline({ path, body }, context) {
    const world = worldOf(context, path.world);
    const entries = body.entries.map((planned, index) => toEntry(world, planned, `body.entries.${index}`));
    world.timeline.add(...entries);
    await world.unsettled();
    world.tell({ type: 'control', operation: 'addToTimeline' });
    return { status: 200, body: toTimeline(world) };
  },
};

function toEntry(world: LiveWorld, planned: ControlSchemas['PlannedEdit'], path: string): TimelineEntry {
  const { at, in: length, edit } = planned;
  if ((at === undefined) === (length === undefined)) throw notValid(path, 'wants either "at" or "in"');
  const time =
    length === undefined ? Date.parse(at ?? '') : world.clock.now() + lengthOf(length, `${path}.in`);
  if (!isTellable(time)) throw notValid(`${path}.in`, 'leads out of the years 0 to 9999');
  return { at: toInstant(time), edit };
}

function toTimeline({ timeline }: LiveWorld): ControlSchemas['Timeline'] {
  return { waiting: timeline.entries(), failures: timeline.failures() };
}

export const simulationHandlers: ControlHandlers<
  'getSimulation' | 'startSimulation' | 'stopSimulation' | 'playSimulation'
> = {
  getSimulation: ({ path }, context) => ({ status: 200, body: toSimulation(worldOf(context, path.world)) }),

  startSimulation({ path, body }, context) {
    const world = worldOf(context, path.world);
    world.simulation.start({ perHour: body.per_hour, seed: body.seed ?? world.recipe.seed });
    world.tell({ type: 'control', operation: 'startSimulation' });
    return { status: 200, body: toSimulation(world) };
  },

  stopSimulation({ path }, context) {
    const world = worldOf(context, path.world);
    world.simulation.stop();
    world.tell({ type: 'control', operation: 'stopSimulation' });
    return { status: 204, body: undefined };
  },

  async playSimulation({ path, body }, context) {
    const outcomes: EditOutcome[] = [];
    const world = worldOf(context, path.world);
    await world.runExclusively(world.simulation.playInSteps(body, outcomes));
    return { status: 200, body: { outcomes } };
  },
};

function toSimulation({ simulation }: LiveWorld): ControlSchemas['Simulation'] {
  const state = simulation.state();
  return {
    running: state !== undefined,
    per_hour: state?.perHour ?? null,
    seed: state?.seed ?? null,
    played: state?.played ?? 0,
    left_out: state?.leftOut ?? 0,
  };
}
