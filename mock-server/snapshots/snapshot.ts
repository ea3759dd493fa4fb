import type { ControlSchemas } from '../../contracts/control.ts';
import { toInstant } from '../../contracts/clock.ts';
import { Identifiers, type IdentifierKind, type WorldSeed } from '../../seeds/index.ts';
import { atOnce, inSlices, type Steps } from '../machine/slices.ts';
import type { SimulationState } from '../simulation/simulation.ts';
import { Store } from '../store/store.ts';
import type { LiveWorld } from '../worlds/live-world.ts';
import type { WorldOptions, Worlds } from '../worlds/worlds.ts';

/** A world as it is saved in a file, or sent. */
export type Snapshot = ControlSchemas['Snapshot'];

/** All that it takes to go on with a world later, elsewhere. The same world gives the same bytes. */
export function takeSnapshot(world: LiveWorld): Snapshot {
  return atOnce(snapshotInSteps(world));
}

/** The same, step by step. It is the world as it was at the first step; later writes are not in it. */
export function* snapshotInSteps(world: LiveWorld): Steps<Snapshot> {
  const { scenario, seed, anchor, parameters } = world.recipe;
  const switches = world.forms.size > 0 ? world.givenSwitches : world.unnotedSwitches;
  const clock = world.clock.saved();
  const simulation = savedSimulation(world.simulation.state());
  const { company, records, identifiers, labels, timeline } = yield* world.seedInSteps();
  return {
    format: 'mock-gem world',
    version: 3,
    company,
    recipe: { scenario, seed, anchor, parameters },
    switches,
    clock,
    identifiers: { seed: identifiers.seed, used: sorted(identifiers.used()) },
    labels: sorted(Object.entries(labels)),
    timeline,
    simulation,
    records,
  };
}

/**
 * Makes the world of a key, or begins it anew, as a saved one was. A reset brings it back to there.
 *
 * @throws Error when the key does not have a Gem key's form
 */
export function openSnapshot(worlds: Worlds, key: string, snapshot: Snapshot): LiveWorld {
  const { records } = snapshot;
  return worlds.restore(key, { ...seedOf(snapshot), records }, optionsOf(snapshot));
}

/**
 * The same, a moment of work at a time; until all of it is done, the world is as it was before.
 *
 * @param stillOfUse is called before the world begins anew, which does not happen where it throws
 */
export async function openSnapshotInSlices(
  worlds: Worlds,
  key: string,
  snapshot: Snapshot,
  stillOfUse: () => void,
): Promise<LiveWorld> {
  const store = await inSlices(Store.inSteps(snapshot.records));
  stillOfUse();
  return worlds.begin(key, { ...seedOf(snapshot), store }, optionsOf(snapshot));
}

function seedOf({ company, identifiers, labels, timeline }: Snapshot): Omit<WorldSeed, 'records'> {
  // Its kinds are those that a world gave ids of; one that is unknown is never asked for.
  const used = Object.entries(identifiers.used) as [IdentifierKind, number][];
  return { company, labels, timeline, identifiers: new Identifiers(identifiers.seed, used) };
}

function optionsOf({ recipe, clock, switches, simulation }: Snapshot): WorldOptions {
  return { ...recipe, clock, switches, simulation: simulation ? openedSimulation(simulation) : undefined };
}

function savedSimulation(state: SimulationState | undefined): Snapshot['simulation'] {
  if (!state) return null;
  const { perHour, seed, played, nextAt, leftOut } = state;
  return { per_hour: perHour, seed, played, next_at: toInstant(nextAt), left_out: leftOut };
}

function openedSimulation(saved: NonNullable<Snapshot['simulation']>): SimulationState {
  const { per_hour, seed, played, next_at, left_out } = saved;
  return { perHour: per_hour, seed, played, nextAt: Date.parse(next_at), leftOut: left_out };
}

/** In the order of names, so that the order in which things came about does not show. */
function sorted<Value>(entries: [string, Value][]): Record<string, Value> {
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
