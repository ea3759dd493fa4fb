import type { FieldProblem } from '../fields.ts';
import { InvalidScenario } from './invalid-scenario.ts';
import type { Path, Place, Source } from './source.ts';

/** Collects what is wrong with a scenario's file, so that all of it can be said at once. */
export class Problems {
  readonly source: Source;
  readonly #found: (Place & { message: string })[];

  constructor(source: Source) {
    this.source = source;
    this.#found = [...source.mistakes];
  }

  /** @param isKey whether the key at the end of the path is what is wrong, not what stands there */
  report(
    path: Path,
    message: string,
    { suggestion, isKey = false }: { suggestion?: string | undefined; isKey?: boolean } = {},
  ): void {
    const advice = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
    this.#found.push({ ...this.source.place(path, isKey), message: `${message}${advice}` });
  }

  /** Notes problems of fields that stand at a path. */
  reportFields(path: Path, problems: readonly FieldProblem[]): void {
    for (const { path: within, message, suggestion } of problems) {
      this.report([...path, ...within], message, { suggestion, isKey: message.startsWith('unknown field') });
    }
  }

  get count(): number {
    return this.#found.length;
  }

  /** @throws InvalidScenario with all problems in the order of the text, if there are any */
  refuse(): void {
    if (this.#found.length === 0) return;
    const sorted = this.#found.toSorted((one, other) => one.line - other.line || one.column - other.column);
    const lines = sorted.map(
      ({ line, column, message }) => `${this.source.file}:${line}:${column}: ${message}`,
    );
    throw new InvalidScenario([...new Set(lines)]);
  }
}
