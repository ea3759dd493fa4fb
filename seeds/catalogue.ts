import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { suggest } from './fields.ts';
import type { Scenario } from './scenario.ts';
import { FileScenario } from './scenario-file/file-scenario.ts';
import { SavedWorldScenario } from './scenario-file/saved-world.ts';
import type { ScenarioName } from './scenario-name.ts';
import { defaultScenario } from './scenarios/default.ts';
import { emptyScenario, nothingScenario } from './scenarios/empty.ts';
import { largeScenario } from './scenarios/large.ts';

/** The groups of scenarios, in the order in which they are listed to people. */
const groups = [
  'basics',
  'rules',
  'jobs',
  'organisation',
  'people',
  'applications',
  'interviews',
  'paging',
  'changes',
] as const;

/** The name of a scenario of the catalogue, or the path of one's file: a name that is misspelt does not compile. */
export type ScenarioReference =
  | ScenarioName
  | `${string}/${string}`
  | `${string}.yaml`
  | `${string}.yml`
  | `${string}.json`;

/** Every scenario, in the order in which they are listed to people. */
export const scenarios: readonly Scenario[] = [
  defaultScenario,
  emptyScenario,
  nothingScenario,
  largeScenario,
  ...groups.flatMap(scenariosOf),
];

/**
 * Finds a scenario by its name, or by the path of its file, which may be a saved world.
 *
 * @param from the folder that paths start from
 * @throws Error in one line that names the nearest scenario, where one is near
 */
export function findScenario(nameOrPath: string, from: string = process.cwd()): Scenario {
  if (isPath(nameOrPath)) return scenarioOfFile(resolve(from, nameOrPath));
  const scenario = scenarios.find(({ name }) => name === nameOrPath);
  if (scenario) return scenario;
  const names = scenarios.map(({ name }) => name);
  const { suggestion } = suggest(nameOrPath, names);
  const advice = suggestion ? `did you mean "${suggestion}"?` : 'mock-gem scenario list names them all';
  throw new Error(`no scenario is called "${nameOrPath}"; ${advice}`);
}

/**
 * Finds a scenario as `findScenario` does, or loads it from a TypeScript or JavaScript module whose default export it is.
 * `findScenario` knows a loaded module by its path from then on.
 *
 * @throws Error in one line
 */
export async function loadScenario(nameOrPath: string): Promise<Scenario> {
  const file = resolve(nameOrPath);
  if (!isPath(nameOrPath) || !isModule(file) || modules.has(file)) return findScenario(nameOrPath);
  // Anything may stand in a module.
  const { default: scenario } = (await import(pathToFileURL(file).href)) as { default?: unknown };
  if (!isScenario(scenario)) throw new Error(`${nameOrPath} has no scenario as its default export`);
  modules.set(file, { ...scenario, parameters: scenario.parameters ?? [], rules: scenario.rules ?? [] });
  return findScenario(nameOrPath);
}

/**
 * The scenario in a text that a client sent. It may start from other scenarios by their names only: a client must not read
 * files of this machine. What is wrong with it is told when it is built.
 *
 * @param file how problems call the text
 */
export function readScenarioDocument(text: string, file = 'document'): Scenario {
  return new FileScenario({ name: nameOf(file), file, read: () => text, find: findByName });
}

/** What the catalogue calls the group of a scenario: the folder that it stands in. */
export function groupOf(scenario: Scenario): string {
  return scenario instanceof FileScenario ? basename(dirname(resolve(scenario.file))) : groups[0];
}

/** The JSON Schema by which editors complete scenarios. */
export const scenarioSchema = new URL('./scenario.schema.json', import.meta.url);

function scenariosOf(group: string): Scenario[] {
  const folder = fileURLToPath(new URL(`./scenarios/${group}`, import.meta.url));
  const files = readdirSync(folder).filter((name) => extname(name) === '.yaml');
  return files.sort().map((name) => scenarioOf(join(folder, name)));
}

function scenarioOfFile(file: string): Scenario {
  const known = modules.get(file);
  if (known) return known;
  if (isModule(file)) throw new Error(`${file} is a module that was not loaded`);
  return scenarioOf(file);
}

function scenarioOf(file: string): Scenario {
  const saved = file.endsWith('.json') && SavedWorldScenario.in(file, nameOf(file), shown(file));
  if (saved) return saved;
  return new FileScenario({
    name: nameOf(file),
    file: shown(file),
    read: () => read(file),
    find: findBeside,
  });
}

function findByName(name: string): Scenario {
  if (!isPath(name)) return findScenario(name);
  throw new Error(`"${name}" is a path; documents extend scenarios by their names`);
}

function findBeside(nameOrPath: string, file: string): Scenario {
  return findScenario(nameOrPath, dirname(resolve(file)));
}

function read(file: string): string {
  try {
    return textOf(readFileSync(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reasons = new Map<unknown, string>([
      ['ENOENT', `there is no file ${shown(file)}`],
      ['EISDIR', `${shown(file)} is a folder; name a file in it`],
    ]);
    throw new Error(reasons.get(code) ?? `${shown(file)} cannot be read`, { cause: error });
  }
}

/** What a file says: PowerShell writes UTF-16, and some editors put a mark of the encoding in front. */
function textOf(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
}

/** A path as it is told to people: from where they are, unless that leads far away. */
function shown(file: string): string {
  const path = relative(process.cwd(), file) || '.';
  return path.startsWith(`..${sep}..`) ? file : path;
}

function nameOf(file: string): string {
  return basename(file).replace(/\.(?:ya?ml|json)$/, '');
}

function isPath(word: string): boolean {
  return /[\\/]|\.(ya?ml|json|[cm]?[jt]s)$/.test(word);
}

function isModule(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file);
}

function isScenario(
  value: unknown,
): value is Pick<Scenario, 'name' | 'purpose' | 'build'> & Partial<Scenario> {
  if (typeof value !== 'object' || value === null) return false;
  const { name, purpose, build } = value as Partial<Scenario>;
  return typeof name === 'string' && typeof purpose === 'string' && typeof build === 'function';
}

const modules = new Map<string, Scenario>();
