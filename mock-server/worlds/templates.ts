import { getHeapStatistics } from 'node:v8';
import { settleInstant } from '../../seeds/fields.ts';
import {
  findScenario,
  scenarios,
  settleParameters,
  type Scenario,
  readScenarioDocument,
} from '../../seeds/index.ts';
import { FileScenario } from '../../seeds/scenario-file/file-scenario.ts';
import { inSlices } from '../machine/slices.ts';
import { buildApart, ScenarioTooLarge, tooLarge } from './build-worker.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { Store } from '../store/store.ts';
import type { Recipe, WorldStart } from '../world/start.ts';

/**
 * What a recipe gives, built once. It is only ever forked.
 *
 * @param document a scenario's own text, in place of one that is known by name
 * @throws Error for a scenario that does not exist, and for parameters that it does not have
 */
export function templateOf(recipe: Recipe, document: string | undefined): WorldStart {
  const told = nameOf(recipe, recipe.parameters, document);
  return cached(told) ?? cache(told, templateOfSettled(recipe, document));
}

/** However a value was told, as a text or a number, it is the same recipe. */
function templateOfSettled(recipe: Recipe, document: string | undefined): WorldStart {
  const scenario = document === undefined ? findScenario(recipe.scenario) : readScenarioDocument(document);
  const parameters = settleParameters(scenario.parameters, recipe.parameters);
  const name = nameOf({ ...recipe, anchor: settleInstant(recipe.anchor) }, parameters, document);
  const known = cached(name);
  if (known) return known;
  const { records, ...seed } = scenario.build({ ...recipe, parameters });
  const template = { ...seed, store: Store.of(records) };
  giveBackMemory(records);
  return cache(name, template);
}

/**
 * Has what a recipe gives built before it is asked for, where that takes long: in a thread of its own, while others are
 * answered.
 *
 * @param max about how many records may be made at once all the same
 * @throws Error as {@link templateOf} does
 */
export async function prepareTemplate(
  recipe: Recipe,
  document: string | undefined,
  max = smallEnough,
): Promise<void> {
  const told = nameOf(recipe, recipe.parameters, document);
  if (cached(told)) return;
  // What a long text has for parameters shows when it is parsed, which is done where it is built.
  const name = isLong(document) ? told : nameOfLarge(recipe, document, max);
  if (name === undefined) return;
  const known = cached(name);
  if (known) return void cache(told, known);
  let building = underWay.get(name);
  if (!building) {
    building = startApart(recipe, document).finally(() => underWay.delete(name));
    underWay.set(name, building);
  }
  cache(told, cache(name, await building));
}

async function startApart(recipe: Recipe, document: string | undefined): Promise<WorldStart> {
  const { records, ...seed } = await buildApart(recipe, document);
  return { ...seed, store: await inSlices(Store.inSteps(records)) };
}

/** The name of what a recipe gives; undefined where that is made in no time. @throws ScenarioTooLarge */
function nameOfLarge(recipe: Recipe, document: string | undefined, max: number): string | undefined {
  const scenario = document === undefined ? findScenario(recipe.scenario) : readScenarioDocument(document);
  const parameters = settleParameters(scenario.parameters, recipe.parameters);
  const size = sizeOf(scenario, parameters);
  if (size <= max) return undefined;
  if (size * bytesOfOne > getHeapStatistics().heap_size_limit) throw new ScenarioTooLarge(tooLarge);
  return nameOf({ ...recipe, anchor: settleInstant(recipe.anchor) }, parameters, document);
}

/** Whether a scenario's text is too long to be parsed beside others. */
export function isLong(document: string | undefined): boolean {
  return document !== undefined && document.length > longestText;
}

/** Letters that are parsed in a moment. */
const longestText = 20_000;

const underWay = new Map<string, Promise<WorldStart>>();

/** About how much is made, as far as numbers that are written down can tell. */
function sizeOf(scenario: Scenario, parameters: Readonly<Record<string, unknown>>): number {
  // A module that was loaded is known in this thread alone.
  if (!(scenario instanceof FileScenario) && !scenarios.includes(scenario)) return 0;
  const text = scenario instanceof FileScenario ? scenario.text : '';
  // As YAML or as JSON, and in any form of a number; what is none follows from something else, and may be large.
  const counts = [...text.matchAll(/\bcount["']?\s*:\s*(["']?[\w.+]+|\S)/g)].map(([, written = '']) => {
    const count = Number(written.replace(/^["']/, ''));
    return Number.isNaN(count) ? smallEnough : count;
  });
  const chosen = Object.values(parameters).filter((value) => typeof value === 'number');
  const made = [...counts, ...chosen].reduce((sum, number) => sum + number, 0);
  return made + text.length / lettersOfOne;
}

/** Records that are made in a moment. */
const smallEnough = 300;
/** Letters of a text that are read in as much time as a record is made. */
const lettersOfOne = 50;
/** What one of a number takes with all that belongs to it; a person has applications, for example. */
const bytesOfOne = 2000;

function nameOf(
  { scenario, seed, anchor }: Recipe,
  parameters: Recipe['parameters'],
  document: string | undefined,
): string {
  const sorted = Object.entries(parameters).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([scenario, seed, anchor, sorted, document]);
}

function cached(name: string): WorldStart | undefined {
  const template = templates.get(name);
  return template && cache(name, template);
}

/** The one that was used last is the last to go. */
function cache(name: string, template: WorldStart): WorldStart {
  templates.delete(name);
  templates.set(name, template);
  let bytes = [...templates.values()].reduce((sum, { store }) => sum + store.bytes, 0);
  for (const [oldest, { store }] of templates) {
    if (templates.size === 1 || (templates.size <= maxTemplates && bytes <= maxTemplateBytes)) break;
    templates.delete(oldest);
    bytes -= store.bytes;
  }
  return template;
}

/** Scenarios that were built before. Worlds only ever fork them, so all servers of a process share them. */
const templates = new Map<string, WorldStart>();

/** A test may give every world a seed of its own; what is not asked for again must not stay for ever. */
const maxTemplates = 32;

/** Nor may large ones, however few they are; the latest stays in any case. */
const maxTemplateBytes = getHeapStatistics().heap_size_limit / 4;
