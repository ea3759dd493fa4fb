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
