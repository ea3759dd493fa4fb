import { chmod, open, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Low } from 'lowdb';
import { DataFile } from 'lowdb/node';
import { readJson } from '../../contracts/json.ts';
import { makeFolder } from '../../contracts/server/make-folder.ts';
import { givenInSlices } from '../machine/slices.ts';
import { jsonInSteps } from '../machine/json-in-steps.ts';
import { BrokenSnapshot, checkSnapshot } from './check.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Reads a world from a file.
 *
 * @returns undefined when there is no such file, or nothing in it
 * @throws Error that says in one line why the file cannot be used
 */
export async function loadSnapshot(file: string): Promise<Snapshot | undefined> {
  const database = new Low<unknown>(adapterFor(file), null);
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
 * Writes a world to a file, whole or not at all. A link stays a link, and the file keeps its mode; one that cannot be
 * replaced, such as a file that is mounted into a container, is written in place.
 *
 * @throws Error that says in one line why it could not
 */
export async function saveSnapshot(file: string, snapshot: Snapshot): Promise<void> {
  try {
    const target = await targetOf(file);
    const mode = await modeOf(target);
    try {
      await new Low<unknown>(adapterFor(target), snapshot).write();
      if (mode !== undefined) await chmod(target, mode);
    } catch (error) {
      // To write in place begins with an empty file: on a full disk that would be the end of what was there.
      if (mode === undefined || !isAboutFolder(error)) throw error;
      await writeFile(target, jsonInSlices(snapshot));
    }
  } catch (error) {
    fail(file, 'cannot be written', error);
  }
}

/** Whether the file may well be written, though nothing beside it, and nothing in its place. */
function isAboutFolder(error: unknown): boolean {
  return error instanceof Error && 'code' in error && aboutFolders.has(error.code);
}

const aboutFolders = new Set<unknown>(['EACCES', 'EBUSY', 'EPERM', 'EROFS', 'EXDEV']);

/** Writes beside the file and renames; an empty file holds nothing. */
function adapterFor(file: string): DataFile<unknown> {
  return new DataFile<unknown>(file, {
    parse: (text) => (text === '' ? null : readJson(Buffer.from(text))),
    // It is handed on to the system as it is, which writes piece by piece what comes piece by piece.
    stringify: (data) => jsonInSlices(data) as unknown as string,
  });
}

/** The JSON of a value in pieces; other work has a turn in between. */
function jsonInSlices(value: unknown): AsyncIterable<string> {
  return givenInSlices(jsonInSteps(value));
}

/**
 * Tries whether a snapshot could be written, and leaves no trace: better said at the start than when all is to be saved.
 *
 * @throws Error that says in one line what is in the way
 */
export async function trySnapshotFile(file: string): Promise<void> {
  try {
    const target = await targetOf(file);
    if ((await modeOf(target)) === undefined) await tryFolder(dirname(target));
    else await (await open(target, 'r+')).close();
  } catch (error) {
    fail(file, 'cannot be written', error);
  }
}

/**
 * Makes a folder for snapshots, where there is none, and tries whether it can be written to.
 *
 * @throws Error that says in one line what is in the way
 */
export async function trySnapshotFolder(folder: string): Promise<void> {
  try {
    makeFolder(folder);
    await tryFolder(folder);
  } catch (error) {
    fail(folder, 'cannot hold snapshots', error);
  }
}

async function tryFolder(folder: string): Promise<void> {
  const file = temporaryFor(join(folder, 'snapshot'));
  await writeFile(file, '', { flag: 'wx' });
  await rm(file);
}

function temporaryFor(file: string): string {
  return join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
}

/** Where a chain of links leads, whether there is a file or not. */
async function targetOf(file: string, links = 0): Promise<string> {
  const link = await readlink(file).catch(() => undefined);
  if (link === undefined) return file;
  if (links === maxLinks) throw new Error('its links lead in a circle');
  return targetOf(resolve(dirname(file), link), links + 1);
}

const maxLinks = 40;

/** The mode of a file; undefined where there is none. */
async function modeOf(file: string): Promise<number | undefined> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found?.isDirectory()) throw new Error('it is a folder');
  return found && found.mode & 0o777;
}

function fail(file: string, what: string, cause: unknown): never {
  const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
  const reason = isMissing
    ? ` (there is no folder ${dirname(file)}; make it first)`
    : cause instanceof Error
      ? ` (${cause.message})`
      : '';
  throw new Error(`${file} ${what}${reason}`, { cause });
}
