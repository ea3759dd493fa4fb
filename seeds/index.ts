import type { Scenario } from './scenario.ts';
import { defaultScenario } from './scenarios/default.ts';
import { emptyScenario } from './scenarios/empty.ts';

/** Every scenario, in the order in which they are listed to people. */
export const scenarios: readonly Scenario[] = [defaultScenario, emptyScenario];

/**
 * Finds a scenario by its name.
 *
 * @throws Error naming the scenarios there are
 */
export function findScenario(name: string): Scenario {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario) return scenario;
  throw new Error(
    `no scenario is called "${name}"; there are: ${scenarios.map(({ name }) => name).join(', ')}`,
  );
}

export { defaultAnchor, type Scenario, type ScenarioOptions, type WorldSeed } from './scenario.ts';
export { Identifiers, type IdentifierKind } from './identifiers.ts';
export {
  resourceNames,
  type BaseRecord,
  type Company,
  type RecordTypes,
  type Records,
  type ResourceName,
} from './records.ts';
