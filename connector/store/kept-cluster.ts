import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';

/** The kept copy of an empty cluster; undefined when there is none that can be trusted. */
export function readCluster(): Blob | undefined {
  try {
    return new Blob([readFileSync(keptFile())]);
  } catch {
    return undefined;
  }
}

/** Keeps a copy of an empty cluster. It only saves time, so what prevents it is no reason to fail. */
export async function keepCluster(pglite: PGlite): Promise<void> {
  try {
    const dump = await pglite.dumpDataDir('none');
    const file = keptFile();
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, Buffer.from(await dump.arrayBuffer()));
    renameSync(unfinished, file);
  } catch {
    // The next start tries again.
  }
}

/** Throws the copy away, because it did not start. */
export function forgetCluster(): void {
  try {
    rmSync(keptFile(), { force: true });
  } catch {
    // Then it stays, and is tried in vain again.
  }
}

/** A cluster starts only under the version that made it, so the name carries PGlite's version. */
function keptFile(): string {
  const entry = fileURLToPath(import.meta.resolve('@electric-sql/pglite'));
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(entry, '../../package.json'), 'utf8'),
  );
  return join(ownFolder(), `cluster-${version}.tar`);
}

/** @throws Error when the folder belongs to somebody else, who could plant a database in it */
function ownFolder(): string {
  const user = process.getuid?.();
  const folder = join(tmpdir(), `mock-gem-${user ?? 'user'}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  if (user !== undefined && (uid !== user || (mode & 0o022) !== 0)) throw new Error('not our folder');
  return folder;
}
