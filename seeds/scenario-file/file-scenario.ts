import type { Parameter } from '../parameters.ts';
import type { Scenario, ScenarioOptions, WorldSeed } from '../scenario.ts';
import { compile, compileWithPlaces, type Places } from './compile.ts';
import { InvalidScenario, Problems } from './problems.ts';
import { inheritParameters, inheritScenario, type FindScenario } from './inherit.ts';
import { Source, type Path } from './source.ts';
import { readStructure } from './structure.ts';

/** A scenario that is written down in a file. The text is read when something of it is needed, and parsed later still. */
export class FileScenario implements Scenario {
  readonly name: string;
  readonly file: string;
  readonly #read: () => string;
  readonly #find: FindScenario;
  readonly #cache: { text?: string; source?: Source; parameters?: Parameter[] } = {};

  /** @param file how problems call it, and where paths in it start */
  constructor(options: { name: string; file: string; read: () => string; find: FindScenario }) {
    this.name = options.name;
    this.file = options.file;
    this.#read = options.read;
    this.#find = options.find;
  }

  get purpose(): string {
    // A listing names many scenarios; a plain line is told without parsing the whole text.
    const plain = /^purpose:[ \t]+([^\s'"|>&*!][^\n]*)$/m.exec(this.text)?.[1];
    return plain !== undefined && !/: | #/.test(plain) ? plain.trim() : this.#structure().purpose;
  }

  get rules(): Scenario['rules'] {
    return /^rules:/m.test(this.text) ? this.#structure().rules : [];
  }

  get parameters(): readonly Parameter[] {
    if (this.#cache.parameters) return this.#cache.parameters;
    // Where scenarios start from each other, the second look finds nothing more; the build says what is wrong.
    if (beingRead.has(this.file)) return [];
    beingRead.add(this.file);
    try {
      const problems = new Problems(this.#source());
      const structure = readStructure(problems);
      const base = inheritScenario(problems, structure, this.#find);
      return (this.#cache.parameters = inheritParameters(problems, structure, base));
    } finally {
      beingRead.delete(this.file);
    }
  }

  /** @throws InvalidScenario with everything that is wrong with the file */
  build(options: ScenarioOptions): WorldSeed {
    return compile(this.#source(), this.#find, options);
  }

  /** Builds the same, and tells where in the file it is written. @throws InvalidScenario */
  buildWithPlaces(options: ScenarioOptions): WorldSeed & { places: Places } {
    return compileWithPlaces(this.#source(), this.#find, options);
  }

  /** A place in the file, as problems tell it: `file:line:column`. */
  placeOf(path: Path): string {
    const { line, column } = this.#source().place(path, false);
    return `${this.file}:${line}:${column}`;
  }

  /** What the file holds. */
  get text(): string {
    return (this.#cache.text ??= this.#read());
  }

  #source(): Source {
    return (this.#cache.source ??= readSource(this.text, this.file));
  }

  #structure(): ReturnType<typeof readStructure> {
    return readStructure(new Problems(this.#source()));
  }
}

/** @throws InvalidScenario for a text whose parts lie deeper in one another than all that comes later could follow */
function readSource(text: string, file: string): Source {
  try {
    const source = new Source(text, file);
    if (!isDeeper(source.value, maxLevels)) return source;
  } catch (error) {
    // The parser calls itself for each level.
    if (!(error instanceof RangeError)) throw error;
  }
  throw new InvalidScenario([`${file}:1:1: something in it lies deeper than ${maxLevels} levels`]);
}

function isDeeper(value: unknown, limit: number): boolean {
  const waiting: [value: unknown, depth: number][] = [[value, 0]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [here, depth] = next;
    if (typeof here !== 'object' || here === null) continue;
    if (depth === limit) return true;
    for (const inside of Object.values(here)) waiting.push([inside, depth + 1]);
  }
  return false;
}

/** Levels of groups and lists: more than anything in a scenario has. */
const maxLevels = 100;

const beingRead = new Set<string>();
