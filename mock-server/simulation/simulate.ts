import type { EditOutcome } from '../edits/apply-edits.ts';
import type { World } from '../world.ts';
import { playEvent } from './play-event.ts';

/**
 * Lets so many believable things happen at once, at the present moment of a world's clock.
 *
 * @param seed what all choices follow from; the world's own seed where none is given
 * @returns what was done, in order
 */
export function simulate(world: World, asked: { events: number; seed?: string }): EditOutcome[] {
  const outcomes: EditOutcome[] = [];
  const steps = simulateStepwise(world, asked, outcomes);
  while (steps.next().done !== true);
  return outcomes;
}

/** The same, one event at each step, until the world begins anew. @param outcomes gets what was done */
export function* simulateStepwise(
  world: World,
  { events, seed = world.identifiers.seed }: { events: number; seed?: string },
  outcomes: EditOutcome[],
): Generator<undefined, void> {
  const { lifetime } = world;
  for (let count = 0; count < events && !lifetime.aborted; count += 1) {
    outcomes.push(...playEvent(world, `${seed}\nat once\n${world.simulation.nextAtOnce()}`));
    yield;
  }
}
