import { suggest, toProblem, violationsOf } from '../../seeds/fields.ts';
import type { Edit } from '../../seeds/index.ts';
import { follow, namedSchema } from '../../seeds/records.ts';
import { atOnce, type Steps } from '../machine/slices.ts';
import { GemProblem } from '../problems/problems.ts';
import { fieldsInWords } from '../requests/refusal-in-words.ts';
import type { Cause } from '../world/history.ts';
import type { World } from '../world/world.ts';
import { type Editing, type EditOutcome, EditProblem, refusal, type Verb } from './editing.ts';
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
 * @param how.seed what made-up values follow from; the world's own seed unless another is given
 * @param how.cause why it happens; as an edit over the control API unless told otherwise
 * @throws EditProblem that says which edit cannot be, and why
 */
export function applyEdits(world: World, edits: readonly Edit[], how: EditOptions = {}): EditOutcome[] {
  return atOnce(editsInSteps(world, edits, how));
}

/** With what, and why, edits are made. */
interface EditOptions {
  seed?: string;
  cause?: Cause;
}

/** The same, one edit at each step. The caller takes care that nothing else happens to the world in between. */
export function* editsInSteps(
  world: World,
  edits: readonly Edit[],
  { seed = world.identifiers.seed, cause = { by: 'edit' } }: EditOptions = {},
): Steps<EditOutcome[]> {
  const first = edits.slice(0, maxNamed).map((edit) => String(verbOf(edit)));
  const work = world.transactInSteps(applyEach(world, edits, seed));
  return yield* world.history.duringSteps({ ...cause, edits: first }, work);
}

/** Edits that a cause names. */
const maxNamed = 5;

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

/**
 * Holds an edit against its description: edits come from files and tests as well as through the control API.
 *
 * @throws EditProblem with the nearest right word
 */
function checkEdit(editing: Editing, edit: unknown): void {
  const verb = verbOf(edit);
  const schema = typeof verb === 'string' ? schemas.get(verb) : undefined;
  if (schema === undefined) {
    const meant = typeof verb === 'string' ? suggest(verb, schemas.keys()).suggestion : undefined;
    const advice =
      meant === undefined ? `do one of: ${[...schemas.keys()].join(', ')}` : `did you mean "${meant}"?`;
    throw refusal(editing, ['do'], `no edit is called ${JSON.stringify(verb) ?? 'nothing'}; ${advice}`);
  }
  const [violation] = violationsOf(schema, edit);
  if (!violation) return;
  const { path, message, suggestion } = toProblem(violation, `the edit ${String(verb)}`, edit);
  throw refusal(
    editing,
    path,
    suggestion === undefined ? message : `${message}; did you mean "${suggestion}"?`,
  );
}

function verbOf(edit: unknown): unknown {
  return typeof edit === 'object' && edit !== null ? Reflect.get(edit, 'do') : undefined;
}

/** The schema of each edit, by the word that says what it does. */
const schemas = new Map(
  (namedSchema('Edit').oneOf ?? []).map((option) => [
    String(follow(option).properties?.['do']?.const),
    option.$ref?.split('/').at(-1) ?? '',
  ]),
);
