// What an answer rests on that nothing proves: it is noted, and a world that wants none of it refuses.
import type { Layer } from '../../contracts/server/layers.ts';
import { assumptionRefused } from '../problems/problems.ts';
import type { World } from '../world/world.ts';
import type { RequestContext } from './request-context.ts';

/** Notes what the outcome rests on; where that is refused, nothing has happened. */
export const noteAssumptions: Layer<RequestContext> = ({ context: { world, trace } }, next) => {
  const work = () => noting(world, trace.assumptions, next);
  return world.choices.assumptions === 'answer' ? work() : world.transact(work);
};

/**
 * Does some work and notes what its outcome rests on, be it an answer or a refusal.
 *
 * @param work has to be done when it returns
 * @throws GemProblem 501 when it rests on anything and the world refuses that
 */
export function noting<Result>(world: World, noted: string[], work: () => Result): Result {
  const note = (name: string) => {
    const text = `switch ${name}`;
    if (!noted.includes(text)) noted.push(text);
  };
  if (world.choices.assumptions === 'answer') return world.noting(note, work);
  try {
    const result = world.noting(note, work);
    refuseAssumptions(noted);
    return result;
  } catch (error) {
    refuseAssumptions(noted);
    throw error;
  }
}

/** @throws GemProblem 501 when there are any */
export function refuseAssumptions(noted: readonly string[]): void {
  if (noted.length > 0) throw assumptionRefused(noted);
}
