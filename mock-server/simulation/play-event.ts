import { createKit } from '../../seeds/factories/kit.ts';
import { applyEdits, type EditOutcome } from '../edits/apply-edits.ts';
import { EditProblem } from '../edits/editing.ts';
import type { World } from '../world/world.ts';
import { activities } from './activities.ts';
import { Scene, type Activity } from './scene.ts';

/**
 * Lets something believable happen now, out of what is possible in a world.
 *
 * @param seed what all choices follow from
 * @returns what was done; nothing where nothing can be
 */
export function playEvent(world: World, seed: string): EditOutcome[] {
  const { chance } = createKit(seed, world.now(), world.identifiers);
  const scene = new Scene(world, chance);
  let possible = activities;
  while (possible.length > 0) {
    const activity = choose(possible, chance.number.float());
    const edits = activity.plan(scene);
    try {
      if (edits) return applyEdits(world, edits, seed);
    } catch (error) {
      // A world can be in states that no activity foresees; then something else happens.
      if (!(error instanceof EditProblem)) throw error;
    }
    possible = possible.filter((other) => other !== activity);
  }
  return [];
}

/** One of several activities, each as often as its weight says. @param at from 0 to 1 */
function choose(from: readonly Activity[], at: number): Activity {
  let left = at * from.reduce((total, { weight }) => total + weight, 0);
  for (const activity of from) {
    left -= activity.weight;
    if (left < 0) return activity;
  }
  const last = from.at(-1);
  if (!last) throw new Error('there is nothing to choose from');
  return last;
}
