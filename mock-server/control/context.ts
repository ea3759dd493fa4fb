import type { Clock } from '../../contracts/clock.ts';
import type { ControlOperations, ControlSchemas } from '../../contracts/control.ts';
import type { Handlers } from '../../contracts/server/mount.ts';
import { nearest } from '../../seeds/nearest.ts';
import type { SentAgain } from '../http/sent-again.ts';
import type { RequestLog } from '../requests/request-log.ts';
import type { LiveWorld } from '../worlds/live-world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { ControlProblem, noSuch } from './problems.ts';
import type { EventStreams } from './send-events.ts';
import type { SnapshotShelf } from './snapshot-shelf.ts';

/** The prefix of every path of the control API. No API of Gem has it. */
export const controlPrefix = '/_control';

/** What the control API steers. */
export interface ControlContext {
  worlds: Worlds;
  /** Remembers what came with a key that opens no world. */
  unknownKeyRequests: RequestLog;
  snapshots: SnapshotShelf;
  /** The requests that were sent again and are not answered yet. */
  sentAgain: SentAgain;
  /** The streams of events that are open. */
  streams: EventStreams;
  /** What a watch told last, if there was one. */
  watched: { last?: { report: ControlSchemas['WatchReport']; heardAt: number } };
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

/**
 * Waits until a world can be asked for something: for work in it that is under way, and for what was due in the meantime.
 * Work that starts right after it, without waiting for anything else, meets no other work.
 *
 * @param name as a path has it; where it names no world there is nothing to wait for
 */
export async function settle<Result>(
  context: ControlContext,
  name: unknown,
  work: () => Result,
): Promise<Awaited<Result>> {
  for (;;) {
    const behind = typeof name === 'string' ? find(context, name)?.unsettled() : undefined;
    if (!behind) return await work();
    await behind;
  }
}

/** Whether an operation begins its world anew, or ends it: that waits for nothing that is under way in it. */
export function endsWhatIsUnderWay(operation: string | undefined): boolean {
  return operation === 'resetWorld' || operation === 'dropWorld' || operation === 'importWorld';
}

/**
 * The world that a path names: by its key, by its public id, or as `default`.
 *
 * @throws ControlProblem 404
 */
export function worldOf(context: ControlContext, name: string): LiveWorld {
  const world = find(context, name);
  if (world) return world;
  const isMeant = nearest(name, ['default']) !== undefined;
  throw noSuch('world', name, isMeant ? '; did you mean "default"?' : '; createWorld makes one');
}

function find({ worlds }: ControlContext, name: string): LiveWorld | undefined {
  return name === 'default' ? worlds.first : worlds.find(name);
}

/**
 * Notes the world of a key, so that work that takes long ends when that world begins anew meanwhile, or is dropped.
 *
 * @returns is called when the work is done, and throws ControlProblem 409 where it is of no use any more
 */
export function lifetimeOf({ worlds }: ControlContext, key: string): () => void {
  const lifetime = worlds.find(key)?.lifetime;
  return () => {
    if (lifetime?.aborted) throw begunAnew();
  };
}

/** Tells whoever listens that something was done that is about no world. */
export function tellOfServer({ worlds, clock }: ControlContext, operation: keyof ControlOperations): void {
  worlds.events.add('', clock.now(), { type: 'control', operation });
}

/** 409: what was asked for had not come to its end when the world began anew. */
export function begunAnew(): ControlProblem {
  return new ControlProblem(
    409,
    'The world began anew, or was dropped, before this was done; nothing of it is left.',
  );
}
