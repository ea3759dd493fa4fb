import type { Clock } from '../../contracts/clock.ts';
import type { ControlOperations } from '../../contracts/control.ts';
import type { Handlers } from '../../contracts/mount.ts';
import { nearest } from '../../seeds/nearest.ts';
import type { RequestLog } from '../requests/request-log.ts';
import type { World } from '../world.ts';
import type { Worlds } from '../worlds.ts';
import { noSuch } from './problems.ts';
import type { SnapshotShelf } from './snapshot-shelf.ts';

/** What the control API steers. */
export interface ControlContext {
  worlds: Worlds;
  /** Remembers what came with a key that opens no world. */
  strangers: RequestLog;
  snapshots: SnapshotShelf;
  url: string;
  clock: Clock;
  /** By the clock. */
  startedAt: number;
}

/** Handlers for some operations of the control API. */
export type ControlHandlers<Id extends keyof ControlOperations> = Pick<
  Handlers<ControlOperations, ControlContext>,
  Id
>;

/** Lets happen what was due in the world that a path names, if it names one, a moment of work at a time. */
export async function settleWorld({ worlds }: ControlContext, name: unknown): Promise<void> {
  const world = name === 'default' ? worlds.first : typeof name === 'string' ? worlds.find(name) : undefined;
  await world?.catchUpInSlices();
}

/**
 * The world that a path names: by its key, by its public id, or as `default`. What was due in the meantime has happened
 * in it.
 *
 * @throws ControlProblem 404
 */
export function worldOf({ worlds }: ControlContext, name: string): World {
  const world = name === 'default' ? worlds.first : worlds.find(name);
  if (!world) {
    const isMeant = nearest(name, ['default']) !== undefined;
    throw noSuch('world', name, isMeant ? '; did you mean "default"?' : '; createWorld makes one');
  }
  world.catchUp();
  return world;
}
