import { unknownWord, type FieldProblem } from '../fields.ts';
import type { Path, Place, Source } from './source.ts';

/** Collects what is wrong with a scenario's file, so that all of it can be said at once. */
export class Problems {
  readonly source: Source;
  readonly #found: (Place & { message: string })[];
  #count: number;
  #made = 0;

  constructor(source: Source) {
    this.source = source;
    this.#found = source.mistakes.slice(0, maxReported);
    this.#count = source.mistakes.length;
  }

  /** @param isKey whether the key at the end of the path is what is wrong, not what stands there */
  report(
    path: Path,
    message: string,
    { suggestion, isKey = false }: { suggestion?: string | undefined; isKey?: boolean } = {},
  ): void {
    this.#count += 1;
    // To find each place takes as long as the text; no person reads so many.
    if (this.#found.length === maxReported) return;
    const advice = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
    this.#found.push({ ...this.source.place(path, isKey), message: `${message}${advice}` });
  }

  /** Reports a word that nothing is called by, with the nearest right one, or those that there are. */
  reportWord(path: Path, message: string, word: string, known: readonly string[], isKey = false): void {
    // A better word is not searched for where none will be reported.
    const told = this.isFull ? { message } : unknownWord(message, word, known);
    this.report(path, told.message, { suggestion: told.suggestion, isKey });
  }

  /** Notes problems of fields that stand at a path. */
  reportFields(path: Path, problems: readonly FieldProblem[]): void {
    for (const { path: within, message, suggestion } of problems) {
      this.report([...path, ...within], message, { suggestion, isKey: message.startsWith('unknown field') });
    }
  }

  /** Adds to what the file makes. @returns how much that is in all */
  countUp(more: number): number {
    const inAll = this.#made + more;
    this.#made = inAll;
    return inAll;
  }

  /** Whether the file asks for more than can be made. */
  get isTooMuch(): boolean {
    return this.#made > maxMade;
  }

  /** Whether no more of them will be told. */
  get isFull(): boolean {
    return this.#found.length >= maxReported;
  }

  get count(): number {
    return this.#count;
  }

  /** @throws InvalidScenario with all problems in the order of the text, if there are any */
  refuse(): void {
    if (this.#found.length === 0) return;
    const sorted = this.#found.toSorted((one, other) => one.line - other.line || one.column - other.column);
    const lines = sorted.map(
      ({ line, column, message }) => `${this.source.file}:${line}:${column}: ${message}`,
    );
    const untold = this.#count - this.#found.length;
    const more = untold > 0 ? [`${this.source.file}: and ${untold} more`] : [];
    throw new InvalidScenario([...new Set(lines), ...more]);
  }
}

/** What one file may make, records and edits together: more would not fit into memory. */
export const maxMade = 250_000;

/** Problems that are told of one file. */
const maxReported = 100;

/** A scenario's file cannot be used. The message has a line for each problem: file, line, column and reason. */
export class InvalidScenario extends Error {
  override name = 'InvalidScenario';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
