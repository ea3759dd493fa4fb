// PGlite does not lock its folder, and two processes in one folder lose data: this is the lock. It is one of the operating
// system, taken through SQLite because Node has no call for it. It ends with its process, however that ends, and holds
// between containers that share a folder: process ids and clocks, which tell nothing there, have no part in it.
import { chmodSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { makeFolder } from '../../contracts/server/make-folder.ts';

/** Another process has the store's folder open. */
export class StoreInUse extends Error {
  override readonly name = 'StoreInUse';
  constructor(dataDirectory: string, file: string) {
    super(
      `the store in ${dataDirectory} is in use by another process, which holds the lock of ${file}. ` +
        'Stop that process, or choose another folder; the lock ends with its process',
    );
  }
}

/** The folder cannot be locked, for a reason of its file system. */
export class LockFailed extends Error {
  override readonly name = 'LockFailed';
  constructor(file: string, options: { cause: unknown }) {
    super(`${file} cannot be locked: ${messageOf(options.cause)}`, options);
  }
}

/**
 * Makes a store's folder if there is none, makes it private, and takes its lock. The file of the lock stays where it is: a
 * lock whose file is removed could be had twice.
 *
 * @returns a function that gives the lock back
 * @throws StoreInUse when a process has the folder open; that may be this one
 * @throws LockFailed
 */
export function lockDirectory(dataDirectory: string): () => void {
  makeFolder(dataDirectory, 0o700);
  const file = join(resolve(dataDirectory), 'connector.lock');
  prepare(file);
  const lock = open(file);
  try {
    // Nothing is ever written into the file, so there is nothing to recover after a kill.
    lock.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new StoreInUse(dataDirectory, file);
    throw new LockFailed(file, { cause: error });
  }
  makePrivate(dataDirectory);
  return () => lock.close();
}

/**
 * Lets only its owner into a folder and what is in it, also where it was made by others, such as a volume: the store holds
 * credentials and data of people. Files of other users stay as they are.
 */
export function makePrivate(path: string): void {
  try {
    const { mode } = statSync(path);
    if ((mode & 0o077) !== 0) chmodSync(path, mode & 0o700);
  } catch (error) {
    if (!hasCode(error, 'EPERM')) throw error;
  }
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) makePrivate(inner);
    else if (entry.isFile()) makeFilePrivate(inner);
  }
}

function makeFilePrivate(path: string): void {
  try {
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  } catch (error) {
    if (!hasCode(error, 'EPERM')) throw error;
  }
}

/**
 * Makes the file, empty. It must not be opened where it is locked by this process: closing it again would end the lock.
 * Earlier versions wrote the id of their process into it.
 */
function prepare(file: string): void {
  try {
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw new LockFailed(file, { cause: error });
    if (statSync(file).size > 0) truncateSync(file);
  }
}

function open(file: string): DatabaseSync {
  const { emitWarning } = process;
  // Some versions of Node say once that this module is new, which is nothing that an operator can act upon.
  process.emitWarning = () => {};
  try {
    const sqlite = process.getBuiltinModule('node:sqlite');
    return new sqlite.DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw new LockFailed(file, { cause: error });
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** SQLite's own number for a lock that another process holds. */
const busy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === busy;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
