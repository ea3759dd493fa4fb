import { hash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Locks } from '../store/locks.ts';
import { toInstant } from '../../contracts/clock.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { collectWrite, lastWriteNumber, noteWrite } from '../store/queries/recent-writes.ts';
import type { Services } from './services.ts';

/**
 * Does one thing after the other of those that share a name, over all processes: looking up and writing are one step.
 *
 * @throws whatever `act` throws; an error of the database when the lock cannot be had
 */
export async function oneAtATime<Result>(
  locks: Locks,
  name: string,
  act: () => Promise<Result>,
): Promise<Result> {
  let turns = turnsOf.get(locks);
  if (!turns) turnsOf.set(locks, (turns = new Map()));
  const before = turns.get(name) ?? Promise.resolve();
  const mine = before.then(() => underLock(locks, name, act));
  const settled = Promise.allSettled([mine]);
  turns.set(name, settled);
  try {
    return await mine;
  } finally {
    if (turns.get(name) === settled) turns.delete(name);
  }
}

/** A digest of a value that can be written as JSON. */
export function digestOf(value: unknown): string {
  return hash('sha256', JSON.stringify(value));
}

/** Those of this process wait in a row; only the first of them asks for the lock that all processes share. */
const turnsOf = new WeakMap<Locks, Map<string, Promise<unknown>>>();

async function underLock<Result>(locks: Locks, name: string, act: () => Promise<Result>): Promise<Result> {
  for (let pause = shortestPause; ; pause = Math.min(2 * pause, longestPause)) {
    const lock = await locks.take(name);
    if (!lock) {
      await setTimeout(pause);
      continue;
    }
    try {
      return await act();
    } finally {
      // What was done is done; a lock that cannot be given back ends with its connection.
      await lock.release().catch(() => {});
    }
  }
}

/** Milliseconds between two looks whether another process is done. */
const [shortestPause, longestPause] = [10, 320];

/**
 * Writes to Gem so that the same call sent several times at once writes once, and all callers get the same answer: a call
 * that waited for the same one does not write again. Only the caller of a write that fails gets its error.
 *
 * @param about.turn what is written one after the other
 * @param about.target all that was asked for; equal for equal calls
 * @param write looks up and writes; what it returns is stored
 */
export async function writeAgreed(
  { database, locks, clock, log }: Pick<Services, 'database' | 'locks' | 'clock' | 'log'>,
  integration: Pick<Integration, 'id'>,
  about: { turn: string; target: unknown },
  write: () => Promise<void>,
): Promise<void> {
  const integrationId = integration.id;
  const key = { integrationId, target: digestOf(about.target) };
  const before = await lastWriteNumber(database, integrationId);
  await oneAtATime(locks, `${about.turn} of ${integrationId}`, async () => {
    if (await collectWrite(database, key, before)) return;
    await write();
    const at = toInstant(clock.now());
    await noteWrite(database, { ...key, result: {}, isUncollected: false, at }).catch((error: unknown) =>
      log('a write to Gem could not be noted', error),
    );
  });
}
