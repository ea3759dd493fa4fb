import { atOnce, type Steps } from '../machine/slices.ts';
import type { EditOutcome } from '../edits/apply-edits.ts';
import type { World } from '../world/world.ts';
import { playEvent } from './play-event.ts';

/**
 * Lets so many believable things happen at once, at the present moment of a world's clock.
 *
 * @param seed what all choices follow from; the world's own seed where none is given
 * @returns what was done, in order
 */
export function simulate(world: World, asked: { events: number; seed?: string }): EditOutcome[] {
  const outcomes: EditOutcome[] = [];
  atOnce(simulateInSteps(world, asked, outcomes));
  return outcomes;
}

/** The same, one event at each step. @param outcomes gets what was done */
export function* simulateInSteps(
  world: World,
  { events, seed = world.identifiers.seed }: { events: number; seed?: string },
  outcomes: EditOutcome[],
): Steps<void> {
  for (let count = 0; count < events; count += 1) {
    outcomes.push(...playEvent(world, `${seed}\nat once\n${world.simulation.nextAtOnce()}`));
    yield;
  }
}
