import { fixedClock, type FixedClock } from '../../../contracts/clock.ts';
import { defaultSwitches } from '../../../mock-server/world/switches.ts';
import type { LiveWorld } from '../../../mock-server/worlds/live-world.ts';
import { Worlds } from '../../../mock-server/worlds/worlds.ts';
import { defaultAnchor } from '../../../seeds/index.ts';

/** A world that nobody serves, whose clock stands still at the anchor. */
export function makeWorld(): { world: LiveWorld; worlds: Worlds; clock: FixedClock } {
  const clock = fixedClock(defaultAnchor);
  const recipe = { scenario: 'default', seed: 'simulation', anchor: defaultAnchor, parameters: {} };
  const defaults = { ...recipe, switches: defaultSwitches };
  const worlds = new Worlds({ clock, url: 'http://gem.example', defaults, unknownKeys: 'refuse' });
  return { world: worlds.create('T'.repeat(40)), worlds, clock };
}
