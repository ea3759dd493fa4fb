// Builds a scenario in a thread of its own, so that the requests of other worlds do not wait for it.
import { extname } from 'node:path';
import { isMainThread, workerData } from 'node:worker_threads';
import {
  findScenario,
  Identifiers,
  InvalidScenario,
  settleParameters,
  type IdentifierKind,
  type WorldSeed,
  readScenarioDocument,
} from '../../seeds/index.ts';
import { orderApart, OutOfMemory, RefusedApart, workApart } from '../machine/thread.ts';
import type { Recipe } from '../world/start.ts';

/** A scenario takes more memory than this process has. */
export class ScenarioTooLarge extends Error {}

/** The values for a scenario's own parameters will not do. */
export class WrongParameters extends Error {}

/** What is to be built. */
interface Order {
  recipe: Recipe;
  document: string | undefined;
}

/** What comes of it, as far as it can be handed over. */
type Built = Omit<WorldSeed, 'identifiers'> & {
  identifiers: { seed: string; used: [IdentifierKind, number][] };
};

interface Refusal {
  message: string;
  problems: readonly string[] | undefined;
  isOfParameters: boolean;
}

/**
 * Builds a scenario in a thread of its own.
 *
 * @param document a scenario's own text, in place of one that is known by name
 * @throws InvalidScenario, WrongParameters, or an Error that says in one line why it cannot be built
 */
export async function buildApart(recipe: Recipe, document: string | undefined): Promise<WorldSeed> {
  const file = new URL(`./build-worker${extname(import.meta.url)}`, import.meta.url);
  const order: Order = { recipe, document };
  try {
    // The thread runs this very file.
    const { identifiers, ...rest } = (await orderApart(file, order)) as Built;
    return { ...rest, identifiers: new Identifiers(identifiers.seed, identifiers.used) };
  } catch (error) {
    if (error instanceof OutOfMemory) throw new ScenarioTooLarge(tooLarge, { cause: error });
    if (!(error instanceof RefusedApart)) throw error;
    const { message, problems, isOfParameters } = error.refusal as Refusal;
    if (problems) throw new InvalidScenario(problems);
    throw isOfParameters ? new WrongParameters(message) : new Error(message);
  }
}

/** What to do about it. */
export const tooLarge =
  'the scenario takes more memory than there is; make it smaller, or let Node have more: NODE_OPTIONS=--max-old-space-size=8192';

function build({ recipe, document }: Order): Built {
  const scenario = document === undefined ? findScenario(recipe.scenario) : readScenarioDocument(document);
  const parameters = settle(scenario.parameters, recipe.parameters);
  const { identifiers, ...rest } = scenario.build({ ...recipe, parameters });
  return { ...rest, identifiers: { seed: identifiers.seed, used: identifiers.used() } };
}

function settle(...[parameters, given]: Parameters<typeof settleParameters>): Recipe['parameters'] {
  try {
    return settleParameters(parameters, given);
  } catch (error) {
    throw new WrongParameters(error instanceof Error ? error.message : String(error));
  }
}

function refusalOf(error: unknown): Refusal {
  return {
    message: error instanceof Error ? error.message : String(error),
    problems: error instanceof InvalidScenario ? error.problems : undefined,
    isOfParameters: error instanceof WrongParameters,
  };
}

const order: unknown = workerData;
if (!isMainThread && isOrder(order)) void workApart(() => build(order), refusalOf);

function isOrder(value: unknown): value is Order {
  return typeof value === 'object' && value !== null && 'recipe' in value && 'document' in value;
}
