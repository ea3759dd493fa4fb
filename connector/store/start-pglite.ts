// Setting up a PostgreSQL cluster and the tables in it takes seconds. A copy of an empty store is therefore saved in the
// folder for temporary files, and a new one starts from it in a twentieth of the time.
import { existsSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { DatabaseUnreachable } from './database-unreachable.ts';
import { forgetCluster, saveCluster, readCluster } from './cluster-copy.ts';
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
