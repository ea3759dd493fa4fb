// The server and the worlds that it holds.
import { randomBytes } from 'node:crypto';
import packageDescription from '../../../package.json' with { type: 'json' };
import { toInstant } from '../../../contracts/clock.ts';
import type { ControlSchemas } from '../../../contracts/control.ts';
import { resourceNames, settleParameters } from '../../../seeds/index.ts';
import { inSlices } from '../../machine/slices.ts';
import { checkSnapshot } from '../../snapshots/check.ts';
import { WrongParameters } from '../../worlds/build-worker.ts';
import { isLong, prepareTemplate } from '../../worlds/templates.ts';
import { openSnapshotInSlices, snapshotInSteps } from '../../snapshots/snapshot.ts';
import { describeVariation, formsOf } from '../../world/switches.ts';
import type { LiveWorld } from '../../worlds/live-world.ts';
import type { Recipe } from '../../world/start.ts';
import { keyForm } from '../../worlds/worlds.ts';
import { prepareSearch } from '../search-records.ts';
import { lifetimeOf, worldOf, type ControlContext, type ControlHandlers } from '../context.ts';
import { ControlProblem, notValid } from '../problems.ts';
import { scenarioToUse } from './scenarios.ts';

export const worldHandlers: ControlHandlers<
  | 'getServer'
  | 'streamEvents'
  | 'streamWorldEvents'
  | 'listWorlds'
  | 'createWorld'
  | 'getWorld'
  | 'changeWorld'
  | 'getVariation'
  | 'dropWorld'
  | 'resetWorld'
  | 'forkWorld'
  | 'exportWorld'
  | 'importWorld'
> = {
  getServer: (_request, { worlds, url, clock, startedAt, snapshots }) => ({
    status: 200,
    body: {
      version: packageDescription.version,
      url,
      started_at: toInstant(startedAt),
      uptime_seconds: (clock.now() - startedAt) / 1000,
      worlds: worlds.all().length,
      first_world: worlds.first?.key ?? '',
      defaults: toRecipe(worlds.defaults),
      unknown_keys: worlds.unknownKeys,
      snapshots: snapshots.place,
    },
  }),

  streamEvents: ({ query }, { streams, worlds }) => {
    const { after, wait = true } = query;
    // Who follows what happens may look for something soon; by then it is found at once.
    if (wait) for (const { store } of worlds.all()) void inSlices(prepareSearch(store));
    return streams.answer({ world: undefined, after, wait });
  },

  streamWorldEvents: ({ path, query }, context) => {
    const { after, wait = true } = query;
    return context.streams.answer({ world: worldOf(context, path.world).id, after, wait });
  },

  listWorlds: (_request, context) => ({
    status: 200,
    body: { worlds: context.worlds.all().map((world) => toWorld(context, world)) },
  }),

  async createWorld({ body = {} }, context) {
    const { key = newKey(), clock, switches, scenario: name, document, parameters, ...recipe } = body;
    const { defaults } = context.worlds;
    const scenario = scenarioToUse(context, name, document);
    // Another scenario has other parameters.
    const inherited = scenario.name === defaults.scenario ? defaults.parameters : {};
    const given = parameters ?? inherited;
    // To parse a long text takes long; that is done where the world is built.
    if (!isLong(document)) settle(scenario.parameters, given);
    vary(switches);
    const { seed = defaults.seed, anchor = defaults.anchor } = recipe;
    const stillOfUse = lifetimeOf(context, key);
    await prepareTemplate({ scenario: scenario.name, seed, anchor, parameters: given }, document).catch(
      (error: unknown) => {
        throw error instanceof WrongParameters ? notValid('body.parameters', error.message) : error;
      },
    );
    stillOfUse();
    const world = context.worlds.create(key, {
      ...recipe,
      scenario: scenario.name,
      parameters: given,
      document,
      switches: { ...defaults.switches, ...switches },
      ...(clock && { clock: startOf(context, clock) }),
    });
    if (context.streams.areFollowed) void inSlices(prepareSearch(world.store));
    return { status: 201, body: toWorld(context, world) };
  },

  getWorld: ({ path }, context) => ({ status: 200, body: toWorld(context, worldOf(context, path.world)) }),

  changeWorld({ path, body }, context) {
    const world = worldOf(context, path.world);
    vary(body.switches);
    world.choose(body.switches);
    return { status: 200, body: toWorld(context, world) };
  },

  getVariation({ path }, context) {
    const world = worldOf(context, path.world);
    return { status: 200, body: describeVariation(world.unnotedSwitches.variation, world) };
  },

  dropWorld({ path }, context) {
    const world = worldOf(context, path.world);
    if (world === context.worlds.first) {
      throw new ControlProblem(409, "The server's first world stays; resetWorld begins it anew.");
    }
    context.worlds.drop(world);
    return { status: 204, body: undefined };
  },

  resetWorld({ path }, context) {
    const world = worldOf(context, path.world);
    world.reset();
    return { status: 200, body: toWorld(context, world) };
  },

  forkWorld({ path, body }, context) {
    const original = worldOf(context, path.world);
    const key = body?.key ?? newKey();
    if (key === original.key) throw notValid('body.key', 'a world cannot be forked into itself');
    return { status: 201, body: toWorld(context, context.worlds.fork(key, original)) };
  },

  exportWorld: async ({ path }, context) => ({
    status: 200,
    body: await inSlices(snapshotInSteps(worldOf(context, path.world))),
  }),

  async importWorld({ path, body }, context) {
    const snapshot = checkSnapshot(body);
    const isNewKey = keyForm.test(path.world) && !context.worlds.find(path.world);
    const key = isNewKey ? path.world : worldOf(context, path.world).key;
    const stillOfUse = lifetimeOf(context, key);
    const world = await openSnapshotInSlices(context.worlds, key, snapshot, stillOfUse);
    return { status: 200, body: toWorld(context, world) };
  },
};

/** A key that cannot be guessed. */
export function newKey(): string {
  return randomBytes(20).toString('hex');
}

/** A world as the control API tells of it. */
export function toWorld({ worlds }: ControlContext, world: LiveWorld): ControlSchemas['World'] {
  return {
    id: world.id,
    key: world.key,
    company: world.company,
    recipe: toRecipe(world.recipe),
    switches: world.unnotedSwitches,
    clock: { now: world.now(), state: world.clock.state },
    records: Object.fromEntries(resourceNames.map((name) => [name, world.store.collection(name).size])),
    requests: world.log.count,
    requests_per_minute: world.rate.lastMinute(),
    armed_faults: world.faults.waitingCount,
    used_at: toInstant(world.usedAt),
    is_first: world === worlds.first,
  };
}

/** Where a world came from, and no more. */
export function toRecipe({ scenario, seed, anchor, parameters }: Recipe): ControlSchemas['Recipe'] {
  return { scenario, seed, anchor, parameters };
}

/** A reset has to bring the clock back to the same place, so an instant is settled now. */
function startOf(
  { clock }: ControlContext,
  { now, frozen = false }: NonNullable<ControlSchemas['NewWorld']['clock']>,
): ControlSchemas['SavedClock'] {
  if (frozen) return { state: 'frozen', now: now ?? toInstant(clock.now()) };
  return { state: 'running', ...(now === undefined ? { ahead: 0 } : { now }) };
}

/** A variation names guesses that there are. */
function vary({ variation }: ControlSchemas['SwitchChoices'] = {}): void {
  if (variation === undefined) return;
  try {
    formsOf(variation);
  } catch (error) {
    throw notValid('body.switches.variation', error instanceof Error ? error.message : String(error));
  }
}

function settle(...[parameters, given]: Parameters<typeof settleParameters>): void {
  try {
    settleParameters(parameters, given);
  } catch (error) {
    throw notValid('body.parameters', error instanceof Error ? error.message : String(error));
  }
}
