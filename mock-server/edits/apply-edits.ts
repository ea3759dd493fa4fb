import type { Edit } from '../../seeds/index.ts';
import { atOnce, type Steps } from '../machine/slices.ts';
import { GemProblem } from '../problems/problems.ts';
import { fieldsInWords } from '../requests/refusal-in-words.ts';
import type { World } from '../world/world.ts';
import { checkEdit } from './check-edit.ts';
import { type Editing, type EditOutcome, EditProblem, type Verb } from './editing.ts';
import { labelOf } from './named-records.ts';
import { advance, hire, move, reject, transfer, unreject } from './verbs/applications.ts';
import { close, publish, reopen, unpublish } from './verbs/jobs.ts';
import { change, create, remove } from './verbs/records.ts';
import { reorder } from './verbs/reorder.ts';

export type { EditOutcome } from './editing.ts';

/** All that a recruiter can do. */
export const verbs: { readonly [Do in Edit['do']]: Verb<Do> } = {
  create,
  change,
  delete: remove,
  close,
  reopen,
  publish,
  unpublish,
  move,
  advance,
  reject,
  unreject,
  hire,
  transfer,
  reorder,
};

/**
 * Changes a world as a recruiter would in Gem's own app: all of the edits or, when one cannot be, none. They happen
 * one after the other, all at one instant, so that each finds what the ones before it have left.
 *
 * @param seed what made-up values follow from; the world's own seed unless another is given
 * @throws EditProblem that says which edit cannot be, and why
 */
export function applyEdits(
  world: World,
  edits: readonly Edit[],
  seed = world.identifiers.seed,
): EditOutcome[] {
  return atOnce(editsInSteps(world, edits, seed));
}

/** The same, one edit at each step. Whoever takes the steps sees to it that nobody comes in between. */
export function* editsInSteps(
  world: World,
  edits: readonly Edit[],
  seed = world.identifiers.seed,
): Steps<EditOutcome[]> {
  return yield* world.transactInSteps(applyEach(world, edits, seed));
}

function* applyEach(world: World, edits: readonly Edit[], seed: string): Steps<EditOutcome[]> {
  const now = world.now();
  const outcomes: EditOutcome[] = [];
  for (const [index, edit] of edits.entries()) {
    outcomes.push(apply({ world, index, now, seed }, edit));
    yield;
  }
  return outcomes;
}

function apply(editing: Editing, edit: Edit): EditOutcome {
  checkEdit(editing, edit);
  const { resource, id } = perform(editing, edit);
  const label = labelOf(editing.world, resource, id);
  return { do: edit.do, resource, id, ...(label !== undefined && { label }) };
}

/** Rules that integrations are held to as well refuse in the API's words. */
function perform<Do extends Edit['do']>(
  editing: Editing,
  edit: Extract<Edit, { do: Do }>,
): ReturnType<Verb<Do>> {
  try {
    const verb: Verb<Do> = verbs[edit.do as Do];
    return verb(editing, edit);
  } catch (error) {
    if (!(error instanceof GemProblem)) throw error;
    const message = error.message || fieldsInWords(error.errors).join('; ');
    throw new EditProblem(editing.index, [], message, { cause: error });
  }
}
