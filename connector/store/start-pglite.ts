import {
  existsSync,
  renameSync,
  rmSync,
  statfsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { DatabaseUnreachable } from './outage.ts';
import { makePrivate } from './lock-directory.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';

/**
 * Starts an embedded PostgreSQL. A new one has the tables already; those of an existing folder may be older.
 *
 * @param dataDirectory where it keeps its files; undefined keeps everything in memory
 */
export async function startPGlite(dataDirectory?: string): Promise<PGlite> {
  if (dataDirectory === undefined) return createCluster({ postgresqlconf: settingsInMemory });
  const folder = join(dataDirectory, 'database');
  if (!existsSync(folder)) {
    // Made aside and then renamed, so that a process killed on the way leaves no half cluster.
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    await (await createCluster({ dataDir: unfinished })).close();
    makePrivate(unfinished);
    renameSync(unfinished, folder);
  }
  return PGlite.create(folder);
}

/**
 * Looks whether there is room to write. PostgreSQL gives up when it cannot write its log, and the embedded one then takes
 * the whole process with it; so it is not asked any more shortly before.
 *
 * @throws DatabaseUnreachable
 */
export function checkRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= reserve) return;
  const message = `No space left on device: ${Math.floor(free / megabyte)} MB are free in ${folder}, and ${reserve / megabyte} MB are needed to be safe`;
  throw new DatabaseUnreachable({
    cause: Object.assign(new Error(message), { code: 'ENOSPC' }),
    database: 'the embedded database',
  });
}

const megabyte = 1_048_576;

/** Bytes. What is under way when the last look was taken must fit. */
const reserve = 16 * megabyte;

/** What would be read from files is in memory anyway; making room for it once more takes a third of the start. */
const settingsInMemory = ['shared_buffers = 32MB'];

interface Place {
  dataDir?: string;
  postgresqlconf?: string[];
}

async function createCluster(place: Place): Promise<PGlite> {
  const saved = readCluster();
  if (saved) {
    try {
      return await PGlite.create({ ...place, loadDataDir: saved });
    } catch {
      forgetCluster();
      if (place.dataDir !== undefined) rmSync(place.dataDir, { recursive: true, force: true });
    }
  }
  const made = await makeCluster();
  await saveCluster(made);
  return PGlite.create({ ...place, loadDataDir: made });
}

/** @returns the files of an empty store, as a tar archive */
async function makeCluster(): Promise<Blob> {
  // Whatever the copy holds is copied at every start, so it holds little: short files of the log, and no templates.
  const pglite = await PGlite.create({ initDbStartParams: ['--wal-segsize=1'] });
  await migrate(new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) }));
  await pglite.query('update pg_database set datistemplate = false where datname <> current_database()');
  for (const template of ['template0', 'template1']) await pglite.query(`drop database ${template}`);
  await pglite.query('checkpoint');
  const files = await pglite.dumpDataDir('none');
  await pglite.close();
  return files;
}

// Setting up a PostgreSQL cluster and the tables in it takes seconds. A copy of an empty store is therefore saved in the
// folder for temporary files, and a new one starts from it in a twentieth of the time.

/** The saved copy of an empty store; undefined when there is none that can be trusted. */
function readCluster(): Blob | undefined {
  try {
    return new Blob([readFileSync(clusterFile())]);
  } catch {
    return undefined;
  }
}

/**
 * Keeps a copy of an empty store. It only saves time, so what prevents it is no reason to fail.
 *
 * @param dump the files of its cluster, as a tar archive
 */
async function saveCluster(dump: Blob): Promise<void> {
  try {
    const file = clusterFile();
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, Buffer.from(await dump.arrayBuffer()));
    renameSync(unfinished, file);
  } catch {
    // The next start tries again.
  }
}

/** Throws the copy away, because it did not start. */
function forgetCluster(): void {
  try {
    rmSync(clusterFile(), { force: true });
  } catch {
    // Then it stays, and is tried in vain again.
  }
}

/** A cluster starts only under the version of PGlite that made it, and holds what it was given then. */
function clusterFile(): string {
  const entry = fileURLToPath(import.meta.resolve('@electric-sql/pglite'));
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(entry, '../../package.json'), 'utf8'),
  );
  return join(ownFolder(), `store-${version}-${fingerprint()}.tar`);
}

/** Of all that says what the copy holds: the migrations, and the source that sets a cluster up. */
function fingerprint(): string {
  const folder = fileURLToPath(new URL('./migrations', import.meta.url));
  const hash = createHash('sha256');
  hash.update(readFileSync(new URL(import.meta.url)));
  // A migration that has another name is another one.
  for (const file of readdirSync(folder).toSorted())
    hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest('hex').slice(0, 16);
}

/** @throws Error when the folder belongs to another user, who could plant a database in it */
function ownFolder(): string {
  const user = process.getuid?.();
  const folder = join(tmpdir(), `mock-gem-${user ?? 'user'}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  if (user !== undefined && (uid !== user || (mode & 0o022) !== 0)) throw new Error('not our folder');
  return folder;
}
