import type { ControlSchemas } from '../../../contracts/control.ts';
import {
  findScenario,
  groupOf,
  scenarios,
  type Scenario,
  readScenarioDocument,
} from '../../../seeds/index.ts';
import { nearest } from '../../../seeds/nearest.ts';
import { checkApart } from '../../worlds/check-worker.ts';
import type { ControlContext, ControlHandlers } from '../context.ts';
import { noSuch, notValid } from '../problems.ts';

export const scenarioHandlers: ControlHandlers<
  'listScenarios' | 'getScenario' | 'getScenarioDocument' | 'checkScenario'
> = {
  listScenarios: () => ({
    status: 200,
    body: { scenarios: scenarios.map(toScenario) },
  }),

  getScenario: ({ path }) => ({ status: 200, body: toScenario(known(path.scenario)) }),

  getScenarioDocument({ path }) {
    const { name, purpose, text } = known(path.scenario);
    return {
      status: 200,
      body: { document: text ?? `purpose: ${JSON.stringify(purpose)}\nextends: ${name}\n` },
    };
  },

  checkScenario: async ({ body }) => ({ status: 200, body: await checkApart(body.document) }),
};

/** @throws ControlProblem 404 */
function known(name: string): Scenario & { text?: string } {
  const scenario = scenarios.find((one) => one.name === name);
  if (!scenario) throw noSuch('scenario', name, advice(name));
  return scenario;
}

/**
 * The scenario that a new world is made from. By name, only what the server knows already: a client must not read files of
 * this machine.
 *
 * @throws ControlProblem 422, InvalidScenario
 */
export function scenarioToUse(
  context: ControlContext,
  name: string | undefined,
  document: string | undefined,
): Scenario {
  if (document !== undefined) {
    if (name !== undefined) throw notValid('body.document', 'stands in place of a scenario, not beside one');
    return readScenarioDocument(document);
  }
  const wanted = name ?? context.worlds.defaults.scenario;
  const scenario = scenarios.find((one) => one.name === wanted);
  if (scenario) return scenario;
  if (wanted === context.worlds.defaults.scenario) return findScenario(wanted);
  throw notValid('body.scenario', `no scenario is called "${wanted}"${advice(wanted)}`);
}

function advice(written: string): string {
  const names = scenarios.map(({ name }) => name);
  const meant = nearest(written, names);
  return meant === undefined ? `; there are: ${names.join(', ')}` : `; did you mean "${meant}"?`;
}

function toScenario(scenario: Scenario): ControlSchemas['Scenario'] {
  const { name, purpose, rules, parameters } = scenario;
  return {
    name,
    purpose,
    group: groupOf(scenario),
    rules: [...rules],
    parameters: parameters.slice(),
  };
}
