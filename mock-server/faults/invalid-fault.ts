/** A fault that cannot be armed. */
export class InvalidFault extends Error {
  /** All that is wrong with it: where, and what to do about it. */
  readonly problems: readonly { path: string; message: string }[];

  constructor(problems: InvalidFault['problems']) {
    super(problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '));
    this.problems = problems;
  }
}
