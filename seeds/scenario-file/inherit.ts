import { outOfBounds, readValue, settleParameters, type Parameter } from '../parameters.ts';
import type { Scenario, ScenarioOptions, WorldSeed } from '../scenario.ts';
import { follow, ownMember, recordSchema, type Schema, resourceNames, type Records } from '../records.ts';
import type { Problems } from './problems.ts';
import type { Structure } from './structure.ts';

/**
 * Finds the scenario that a file names.
 *
 * @param file the file that names it, for paths beside it
 * @throws Error in one line when there is none
 */
export type FindScenario = (nameOrPath: string, file: string) => Scenario;

/** The scenario that a file starts from: an account on its first day, unless it says otherwise. */
export function inheritScenario(
  problems: Problems,
  { extends: named = 'empty' }: Structure,
  find: FindScenario,
): Scenario | undefined {
  try {
    const base = find(named, problems.source.file);
    // Reads it, so that a file that cannot be read is told of here.
    return base.parameters ? base : undefined;
  } catch (error) {
    problems.report(['extends'], error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** The parameters of a file: those that it starts with, of which it may say more, and its own. */
export function inheritParameters(
  problems: Problems,
  { parameters }: Structure,
  base: Scenario | undefined,
): Parameter[] {
  const inherited = base?.parameters ?? [];
  const own = Object.entries(parameters).flatMap(([name, said]): Parameter[] => {
    const {
      type,
      description = '',
      default: value,
      ...bounds
    } = { ...inherited.find(isCalled(name)), ...said };
    if (type === undefined || value === undefined) {
      problems.report(['parameters', name], `the parameter "${name}" needs a type and a default`, {
        isKey: true,
      });
      return [];
    }
    if (readValue(type, value) === undefined) {
      problems.report(['parameters', name, 'default'], `the default of "${name}" is no ${type}`);
      return [];
    }
    const outside = outOfBounds(bounds, value);
    if (outside !== undefined) {
      problems.report(['parameters', name, 'default'], `the default of "${name}" ${outside}, not ${value}`);
      return [];
    }
    return [{ ...bounds, name, type, description, default: value }];
  });
  return [...inherited.filter(({ name }) => !own.some(isCalled(name))), ...own];
}

function isCalled(wanted: string): (parameter: Parameter) => boolean {
  return ({ name }) => name === wanted;
}

const underWay = new Set<string>();

/**
 * Builds what a file starts from, or reports that it starts from itself.
 *
 * @throws InvalidScenario when something is wrong with that scenario, or with this file
 */
export function buildBase(problems: Problems, base: Scenario, options: ScenarioOptions): WorldSeed {
  const { file } = problems.source;
  if (underWay.has(file)) {
    problems.report(['extends'], 'the scenario starts from itself');
    problems.refuse();
  }
  const wrong = reasonAgainst(base, options);
  if (wrong !== undefined) {
    // A default that is none of its type was told already, where it stands.
    if (problems.count === 0) problems.report(['parameters'], wrong);
    problems.refuse();
  }
  underWay.add(file);
  try {
    return base.build(options);
  } finally {
    underWay.delete(file);
  }
}

/** Why a scenario cannot be built with the parameters that a file hands on to it. */
function reasonAgainst({ parameters }: Scenario, options: ScenarioOptions): string | undefined {
  try {
    settleParameters(parameters, options.parameters ?? {});
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Takes records out of a set as if there never were any: what cannot be without them goes as well, what may be forgets
 * them.
 *
 * @returns the ids of all that went
 */
export function removeRecords(records: Records, ids: Iterable<string>): Set<string> {
  const gone = new Set(ids);
  for (let before = -1; before < gone.size;) {
    before = gone.size;
    for (const name of resourceNames) removeFrom(records[name], recordSchema(name), gone);
  }
  return gone;
}

function removeFrom(records: { id: string }[], schema: Schema, gone: Set<string>): void {
  for (const record of records) {
    if (gone.has(record.id)) continue;
    const rest = without(schema, record, gone);
    if (rest === nothing) gone.add(record.id);
    else Object.assign(record, rest);
  }
  for (let index = records.length - 1; index >= 0; index -= 1) {
    if (gone.has(records[index]?.id ?? '')) records.splice(index, 1);
  }
}

/** A value without references to what is gone; `nothing` where it cannot be without them. */
function without(schema: Schema, value: unknown, gone: ReadonlySet<string>): unknown {
  const here = follow(schema);
  if (typeof value === 'string') {
    if (!here['x-refers-to'] || !gone.has(value)) return value;
    return [here.type].flat().includes('null') ? null : nothing;
  }
  if (Array.isArray(value)) {
    const target = here['x-refers-to'];
    const items: Schema = { ...here.items, ...(target && { 'x-refers-to': target }) };
    return value.map((item: unknown) => without(items, item, gone)).filter((item) => item !== nothing);
  }
  if (typeof value !== 'object' || value === null) return value;
  const rest = Object.entries(value).map(([key, item]): [string, unknown] => {
    const known = ownMember(here.properties, key);
    return [key, known ? without(known, item, gone) : item];
  });
  return rest.some(([, item]) => item === nothing) ? nothing : Object.fromEntries(rest);
}

const nothing = Symbol('nothing');
