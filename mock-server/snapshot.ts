import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import {
  Identifiers,
  resourceNames,
  type Company,
  type IdentifierKind,
  type Records,
  type WorldSeed,
} from '../seeds/index.ts';

/** A world as it is kept in a file. */
interface Snapshot {
  format: 'mock-gem world';
  version: 1;
  company: Company;
  identifiers: { seed: string; used: [IdentifierKind, number][] };
  records: Records;
}

/**
 * Reads a world from a file.
 *
 * @returns undefined when there is no such file
 * @throws Error that says in one line why the file cannot be used
 */
export async function loadSnapshot(file: string): Promise<WorldSeed | undefined> {
  const database = new Low<unknown>(new JSONFile(file), null);
  await database.read().catch((error: unknown) => fail(file, 'cannot be read', error));
  if (database.data === null) return undefined;
  if (!isSnapshot(database.data)) fail(file, 'is not a snapshot of a mock-gem world', undefined);
  const { company, records, identifiers } = database.data;
  return { company, records, identifiers: new Identifiers(identifiers.seed, identifiers.used) };
}

/**
 * Writes a world to a file, whole or not at all.
 *
 * @throws Error that says in one line why it could not
 */
export async function saveSnapshot(
  file: string,
  { company, records, identifiers }: WorldSeed,
): Promise<void> {
  const database = new Low<Snapshot>(new JSONFile(file), {
    format: 'mock-gem world',
    version: 1,
    company,
    identifiers: { seed: identifiers.seed, used: identifiers.used() },
    records,
  });
  await database.write().catch((error: unknown) => fail(file, 'cannot be written', error));
}

function fail(file: string, what: string, cause: unknown): never {
  const reason = cause instanceof Error ? ` (${cause.message})` : '; choose another file or remove it';
  throw new Error(`${file} ${what}${reason}`, { cause });
}

function isSnapshot(data: unknown): data is Snapshot {
  if (typeof data !== 'object' || data === null) return false;
  const { format, version, records } = data as Partial<Snapshot>;
  return (
    format === 'mock-gem world' &&
    version === 1 &&
    resourceNames.every((name) => Array.isArray(records?.[name]))
  );
}
