import { createKit } from '../../seeds/factories/kit.ts';
import { applyEdits, type EditOutcome } from '../edits/apply-edits.ts';
import { EditProblem } from '../edits/editing.ts';
import type { World } from '../world/world.ts';
import { applicationActivities } from './activities/applications.ts';
import { candidateActivities } from './activities/candidates.ts';
import { interviewActivities } from './activities/interviews.ts';
import { jobActivities } from './activities/jobs.ts';
import { type Activity, RecruiterView } from './recruiter-view.ts';

/**
 * Lets something believable happen now, out of what is possible in a world.
 *
 * @param seed what all choices follow from
 * @returns what was done; nothing where nothing can be
 */
export function playEvent(world: World, seed: string): EditOutcome[] {
  const { chance } = createKit(seed, world.now(), world.identifiers);
  const view = new RecruiterView(world, chance);
  let possible = activities;
  while (possible.length > 0) {
    const activity = chooseActivity(possible, chance.number.float());
    const edits = activity.plan(view);
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
function chooseActivity(from: readonly Activity[], at: number): Activity {
  let left = at * from.reduce((total, { weight }) => total + weight, 0);
  for (const activity of from) {
    left -= activity.weight;
    if (left < 0) return activity;
  }
  const last = from.at(-1);
  if (!last) throw new Error('there is nothing to choose from');
  return last;
}

/** All that recruiters do by themselves. */
export const activities: readonly Activity[] = [
  ...applicationActivities,
  ...candidateActivities,
  ...interviewActivities,
  ...jobActivities,
];
