import type { ControlSchemas } from '../../../contracts/control.ts';
import type { EditOutcome } from '../../edits/apply-edits.ts';
import type { LiveWorld } from '../../worlds/live-world.ts';
import { worldOf, type ControlHandlers } from '../context.ts';

export const simulationHandlers: ControlHandlers<
  'getSimulation' | 'startSimulation' | 'stopSimulation' | 'playSimulation'
> = {
  getSimulation: ({ path }, context) => ({ status: 200, body: toSimulation(worldOf(context, path.world)) }),

  startSimulation({ path, body }, context) {
    const world = worldOf(context, path.world);
    world.simulation.start({ perHour: body.per_hour, seed: body.seed ?? world.recipe.seed });
    return { status: 200, body: toSimulation(world) };
  },

  stopSimulation({ path }, context) {
    worldOf(context, path.world).simulation.stop();
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
