import { findScenario } from '../seeds/index.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { readScenarioDocument } from './scenario-document.ts';
import { Store } from './store/store.ts';
import type { Recipe, WorldStart } from './world.ts';

/**
 * What a recipe gives, built once. It is only ever forked.
 *
 * @param document a scenario's own text, in place of one that is known by name
 */
export function templateOf(recipe: Recipe, document: string | undefined): WorldStart {
  const name = JSON.stringify([recipe.scenario, recipe.seed, recipe.anchor, recipe.parameters, document]);
  let template = templates.get(name);
  if (!template) {
    const scenario = document === undefined ? findScenario(recipe.scenario) : readScenarioDocument(document);
    const { records, ...seed } = scenario.build(recipe);
    template = { ...seed, store: Store.of(records) };
    giveBackMemory(records);
  }
  // The one that was used last is the last to go.
  templates.delete(name);
  templates.set(name, template);
  for (const oldest of templates.keys()) {
    if (templates.size <= templatesKept) break;
    templates.delete(oldest);
  }
  return template;
}

/** Scenarios that were built before. Worlds only ever fork them, so all servers of a process share them. */
const templates = new Map<string, WorldStart>();

/** A test may give every world a seed of its own; what nobody asks for again must not stay for ever. */
const templatesKept = 32;
