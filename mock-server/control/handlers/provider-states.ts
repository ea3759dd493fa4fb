import { createHash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';
import type { ControlSchemas } from '../../../contracts/control.ts';
import { scenarios, settleParameters, type Scenario } from '../../../seeds/index.ts';
import { nearest } from '../../../seeds/nearest.ts';
import { pipelineOf } from '../../resources/ats/job-stages.ts';
import { prepareTemplate } from '../../worlds/templates.ts';
import type { LiveWorld } from '../../worlds/live-world.ts';
import type { ControlContext, ControlHandlers } from '../context.ts';
import { notValid } from '../problems.ts';

type Asked = ControlSchemas['ProviderStateRequest'];

export const providerStateHandlers: ControlHandlers<'enterProviderState'> = {
  async enterProviderState({ body }, context) {
    if (body.state === '') return { status: 200, body: {} };
    if (body.action !== 'teardown') return { status: 200, body: injectable(await enter(context, body)) };
    leave(context, keyOf(body));
    return { status: 200, body: {} };
  },
};

/** What a world can be like beside its scenario: choices among its switches, and a fault that meets every request. */
interface Preparation {
  switches?: ControlSchemas['SwitchChoices'];
  fault?: ControlSchemas['Fault'];
}

const always = { times: 'always' } as const;

/** The states that are no scenarios; the description lists them. */
const preparations: Readonly<Record<string, Preparation>> = {
  'the key was revoked': { fault: { fault: 'key_revoked', ...always } },
  'the rate limit is used up': { fault: { fault: 'status', status: 429, ...always } },
  'Gem is defective': { fault: { fault: 'status', status: 500, ...always } },
  'Gem is down': { fault: { fault: 'status', status: 503, ...always } },
  'Gem gives up waiting': { fault: { fault: 'status', status: 504, ...always } },
  'Gem lacks the operation': { fault: { fault: 'status', status: 501, ...always } },
  'a page of HTML stands in between': { fault: { fault: 'wrong_content_type', ...always } },
  'unproven lists are missing': { switches: { unproven_lists: 'missing' } },
  'candidates cannot be created': { switches: { deprecated_create: 'gone' } },
};

async function enter(context: ControlContext, asked: Asked): Promise<LiveWorld> {
  const { defaults } = context.worlds;
  const preparation = Object.hasOwn(preparations, asked.state) ? preparations[asked.state] : undefined;
  const { key: _key, scenario: named = defaults.scenario, ...parameters } = asked.params ?? {};
  const scenario = preparation
    ? findNamed(named, 'body.params.scenario', [])
    : findNamed(asked.state, 'body.state', Object.keys(preparations));
  try {
    settleParameters(scenario.parameters, parameters);
  } catch (error) {
    throw notValid('body.params', error instanceof Error ? error.message : String(error));
  }
  const switches = { ...defaults.switches, ...preparation?.switches };
  const { seed, anchor } = defaults;
  await prepareTemplate({ scenario: scenario.name, seed, anchor, parameters }, undefined);
  const world = context.worlds.create(keyOf(asked), { scenario: scenario.name, parameters, switches });
  if (preparation?.fault) world.faults.arm(preparation.fault);
  return world;
}

function findNamed(name: string, path: string, others: readonly string[]): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found) return found;
  const names = [...others, ...scenarios.map((scenario) => scenario.name)];
  const meant = nearest(name, names);
  const advice = meant === undefined ? `; there are: ${names.join(', ')}` : `; did you mean "${meant}"?`;
  throw notValid(path, `no state is called "${name}"${advice}`);
}

function leave({ worlds }: ControlContext, key: string): void {
  const world = worlds.find(key);
  if (world && world !== worlds.first) worlds.drop(world);
}

/** The key that is asked for, or one that the same state always has. */
function keyOf({ state, params = {} }: Asked): string {
  const { key, ...others } = params;
  return (
    key ??
    createHash('sha256')
      .update(stringify([state, others]))
      .digest('hex')
      .slice(0, 40)
  );
}

/** All that a pact may speak of, by name. */
function injectable(world: LiveWorld): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [label, { resource, id }] of Object.entries(world.labels)) {
    values[label] = id;
    for (const [field, value] of Object.entries(world.store.get(resource, id) ?? {})) {
      if (field.endsWith('_id') && typeof value === 'string') values[`${label}.${field}`] = value;
    }
    for (const [index, stage] of pipelineOf(world.store, id).entries()) {
      values[`${label}.stages.${index}`] = stage.id;
    }
  }
  return { ...values, api_key: world.key, job_board: world.company.vanity };
}
