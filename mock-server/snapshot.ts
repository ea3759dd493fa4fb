import type { ControlSchemas } from '../contracts/control.ts';
import { toInstant } from '../contracts/clock.ts';
import { Identifiers, type IdentifierKind } from '../seeds/index.ts';
import type { SimulationState } from './simulation/simulation.ts';
import type { World } from './world.ts';
import type { Worlds } from './worlds.ts';

/** A world as it is kept in a file or sent to somebody. */
export type Snapshot = ControlSchemas['Snapshot'];

/** All that it takes to go on with a world later, elsewhere. The same world gives the same bytes. */
export function takeSnapshot(world: World): Snapshot {
  const { company, records, identifiers, labels, timeline } = world.seed();
  const { scenario, seed, anchor, parameters } = world.recipe;
  return {
    format: 'mock-gem world',
    version: 3,
    company,
    recipe: { scenario, seed, anchor, parameters },
    switches: world.forms.size > 0 ? world.setSwitches : world.choices,
    clock: world.clock.saved(),
    identifiers: { seed: identifiers.seed, used: sorted(identifiers.used()) },
    labels: sorted(Object.entries(labels)),
    timeline,
    simulation: savedSimulation(world.simulation.state()),
    records,
  };
}

/**
 * Makes the world of a key, or begins it anew, as a saved one was. A reset brings it back to there.
 *
 * @throws Error when the key does not have a Gem key's form
 */
export function openSnapshot(worlds: Worlds, key: string, snapshot: Snapshot): World {
  const { company, recipe, clock, simulation, identifiers, labels, timeline, records } = snapshot;
  const { switches } = snapshot;
  // Its kinds are those that a world gave ids of; one that is unknown is never asked for.
  const used = Object.entries(identifiers.used) as [IdentifierKind, number][];
  return worlds.restore(
    key,
    { company, labels, timeline, records, identifiers: new Identifiers(identifiers.seed, used) },
    { ...recipe, clock, switches, simulation: simulation ? openedSimulation(simulation) : undefined },
  );
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
