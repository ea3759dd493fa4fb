import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The saved copy of an empty store; undefined when there is none that can be trusted. */
export function readCluster(): Blob | undefined {
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
export async function saveCluster(dump: Blob): Promise<void> {
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
export function forgetCluster(): void {
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

/** Of all that says what the copy holds: the migrations, and the sources that set a cluster up. */
function fingerprint(): string {
  const folder = fileURLToPath(new URL('./migrations', import.meta.url));
  const [, ending = ''] = /(\.\w+)$/.exec(import.meta.url) ?? [];
  const hash = createHash('sha256');
  hash.update(readFileSync(new URL(`./start-pglite${ending}`, import.meta.url)));
  for (const file of readdirSync(folder).toSorted()) hash.update(readFileSync(join(folder, file)));
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
