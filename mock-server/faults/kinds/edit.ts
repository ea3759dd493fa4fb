import { applyEdits } from '../../edits/apply-edits.ts';
import { EditProblem } from '../../edits/editing.ts';
import { GemProblem } from '../../problems/problems.ts';
import type { Arming, FaultKind, FaultOf } from '../fault.ts';

/** Something changes in Gem while the client is at work: before it reads, or once its answer is made. */
export const edit: FaultKind<'edit'> = (fault, arming) => ({
  async strike(_request, proceed) {
    if (fault.when !== 'after') apply(fault, arming);
    const { lifetime } = arming.world;
    const answer = await proceed();
    // In a world that has begun anew meanwhile, nothing of before happens any more.
    if (fault.when === 'after' && !lifetime.aborted) apply(fault, arming);
    return answer;
  },
});

/** @throws GemProblem 500 that says which edit cannot be, so that a test does not go on without it */
function apply({ edits }: FaultOf<'edit'>, { id, world }: Arming): void {
  try {
    applyEdits(world, edits);
  } catch (error) {
    if (!(error instanceof EditProblem)) throw error;
    const message = `${id} could not make edit ${error.index}: ${error.message}`;
    throw new GemProblem(500, { message });
  }
}
