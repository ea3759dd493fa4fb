// PGlite does not lock its folder, and two processes in one folder lose data: this is the lock.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Another process has the store's folder open. */
export class StoreInUse extends Error {
  constructor(dataDirectory: string, owner: number) {
    super(`the store in ${dataDirectory} is in use by process ${owner}`);
    this.name = 'StoreInUse';
  }
}

/**
 * Takes the lock of a store's folder, which holds the process id of its owner. The lock of a process that has died is
 * taken over.
 *
 * @returns a function that gives the lock back
 * @throws StoreInUse when a living process holds it; that may be this one
 */
export function lockDirectory(dataDirectory: string): () => void {
  // Only for its owner: the store holds credentials and data of people.
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const file = join(resolve(dataDirectory), 'connector.lock');
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${process.pid}\n`);
  try {
    // A link is made whole or not at all, so nobody ever reads half a lock.
    while (!link(own, file)) {
      const owner = readOwner(file);
      if (owner !== undefined && isHeld(file, owner)) throw new StoreInUse(dataDirectory, owner);
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
  heldHere.add(file);
  return () => {
    rmSync(file, { force: true });
    heldHere.delete(file);
  };
}

const heldHere = new Set<string>();

/** In a container, a restarted process has the id of the one that died: our own id says nothing by itself. */
function isHeld(file: string, owner: number): boolean {
  return owner === process.pid ? heldHere.has(file) : isAlive(owner);
}

function link(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function readOwner(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Alive, but somebody else's.
    return hasCode(error, 'EPERM');
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
