/** A scenario's file cannot be used. The message has a line for each problem: file, line, column and reason. */
export class InvalidScenario extends Error {
  override name = 'InvalidScenario';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
