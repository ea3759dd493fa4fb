import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { BrokenSnapshot, checkSnapshot } from './snapshot-check.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Reads a world from a file.
 *
 * @returns undefined when there is no such file
 * @throws Error that says in one line why the file cannot be used
 */
export async function loadSnapshot(file: string): Promise<Snapshot | undefined> {
  const database = new Low<unknown>(new JSONFile(file), null);
  await database.read().catch((error: unknown) => fail(file, 'cannot be read', error));
  if (database.data === null) return undefined;
  try {
    return checkSnapshot(database.data);
  } catch (error) {
    if (!(error instanceof BrokenSnapshot)) throw error;
    const [first, ...others] = error.problems;
    const where = first ? `: ${first.path} ${first.message}` : '';
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    throw new Error(`${file} ${error.message}${where}${more}; choose another file or remove it`, {
      cause: error,
    });
  }
}

/**
 * Writes a world to a file, whole or not at all.
 *
 * @throws Error that says in one line why it could not
 */
export async function saveSnapshot(file: string, snapshot: Snapshot): Promise<void> {
  const database = new Low<Snapshot>(new JSONFile(file), snapshot);
  await database.write().catch((error: unknown) => fail(file, 'cannot be written', error));
}

function fail(file: string, what: string, cause: unknown): never {
  const reason = cause instanceof Error ? ` (${cause.message})` : '';
  throw new Error(`${file} ${what}${reason}`, { cause });
}
