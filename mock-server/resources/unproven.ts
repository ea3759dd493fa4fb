import { UnknownPath } from '../../contracts/server/mount.ts';
import type { World } from '../world/world.ts';

/**
 * Stands before the lists of departments and sources, which may not exist (gem-ats-api §14 #7).
 *
 * @throws UnknownPath where the world is told so
 */
export function requireUnprovenList(world: World): void {
  if (world.switches.unproven_lists === 'missing') throw new UnknownPath();
}
