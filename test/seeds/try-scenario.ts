import { defaultAnchor, readScenarioDocument, type Scenario } from '../../seeds/index.ts';

/** Reads a scenario as one that somebody sent, and builds it, so that whatever is wrong with it is thrown at once. */
export function tryScenario(text: string, file: string): Scenario {
  const scenario = readScenarioDocument(text, file);
  scenario.build({ seed: 'mock-gem', anchor: defaultAnchor });
  return scenario;
}
