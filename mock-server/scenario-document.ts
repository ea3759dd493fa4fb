import { findScenario, type Scenario } from '../seeds/index.ts';
import { FileScenario } from '../seeds/scenario-file/file-scenario.ts';

/**
 * The scenario in a text that somebody sent. It may extend scenarios by their names alone: whoever may send a text may not
 * have the files of this machine read.
 */
export function readScenarioDocument(text: string): Scenario {
  return new FileScenario({ name: 'document', file: 'document', read: () => text, find: findByName });
}

function findByName(name: string): Scenario {
  if (/[\\/.]/.test(name)) throw new Error(`a document extends scenarios by their names, not "${name}"`);
  return findScenario(name);
}
