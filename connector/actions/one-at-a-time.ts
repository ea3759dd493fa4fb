import { hash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Locks } from '../store/locks.ts';

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

/** A digest of whatever can be written as JSON. */
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
