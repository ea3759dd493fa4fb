// Setting up an empty PostgreSQL cluster takes seconds. A copy of one is therefore kept in the folder for temporary
// files, and a new store starts from it in a tenth of the time.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { forgetCluster, keepCluster, readCluster } from './kept-cluster.ts';

/**
 * Starts an embedded PostgreSQL.
 *
 * @param dataDirectory where it keeps its files; undefined keeps everything in memory
 */
export async function startPGlite(dataDirectory?: string): Promise<PGlite> {
  if (dataDirectory === undefined) return createCluster();
  const folder = join(dataDirectory, 'database');
  if (!existsSync(folder)) {
    // Made aside and then renamed, so that a process killed on the way leaves no half cluster.
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    await (await createCluster(unfinished)).close();
    renameSync(unfinished, folder);
  }
  return PGlite.create(folder);
}

async function createCluster(folder?: string): Promise<PGlite> {
  const place = folder === undefined ? {} : { dataDir: folder };
  const kept = readCluster();
  if (kept) {
    try {
      return await PGlite.create({ ...place, loadDataDir: kept });
    } catch {
      forgetCluster();
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    }
  }
  const fresh = await PGlite.create(place);
  await keepCluster(fresh);
  return fresh;
}
