import type { ControlSchemas } from '../../contracts/control.ts';
import { createKit, type Kit } from '../../seeds/factories/kit.ts';
import type { Edit, ResourceName } from '../../seeds/index.ts';
import type { World } from '../world/world.ts';

/** One edit while it is being done. */
export interface Editing {
  readonly world: World;
  /** Which edit of its list it is, from 0. */
  readonly index: number;
  /** The one instant of all that the list writes. */
  readonly now: string;
  /** What the things that it makes up follow from. */
  readonly seed: string;
}

/** What an edit was about. */
export type EditOutcome = ControlSchemas['EditOutcome'];

/** Does edits of one kind and says which record each was about. */
export type Verb<Do extends Edit['do']> = (
  editing: Editing,
  edit: Extract<Edit, { do: Do }>,
) => { resource: ResourceName; id: string };

/** The refusal of an edit. @param message says what to do about it */
export function refusal(
  { index }: Editing,
  path: readonly (string | number)[],
  message: string,
): EditProblem {
  return new EditProblem(index, path, message);
}

/** A kit whose ids are the world's and whose choices follow from the seed and the ids that were used so far. */
export function kitFor({ world, now, seed }: Editing): Kit {
  const used = world.identifiers.used().map(([, count]) => count);
  return createKit(`${seed}\n${used.join()}`, now, world.identifiers);
}

/** An edit that cannot be. Nothing of its list of edits has happened then. */
export class EditProblem extends Error {
  /** Which edit of the list it is, from 0. */
  readonly index: number;
  /** Where in that edit the trouble lies, from the outside in. */
  readonly path: readonly (string | number)[];

  /** @param message says what to do about it */
  constructor(index: number, path: readonly (string | number)[], message: string, options?: ErrorOptions) {
    super(message, options);
    this.index = index;
    this.path = path;
  }
}
