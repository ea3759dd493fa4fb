import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it, where there are none. Node's own `recursive` tries for ever in places that take no
 * folders, such as `/proc`.
 *
 * @param mode of each folder that is made; a system without modes ignores it
 * @throws Error of the system, or one that says that it makes no folder there
 */
export function makeFolder(folder: string, mode?: number): void {
  const path = resolve(folder);
  if (isFolder(path)) return;
  try {
    mkdirSync(path, mode);
  } catch (error) {
    // Another process may have been faster.
    if (codeOf(error) === 'EEXIST' && isFolder(path)) return;
    if (codeOf(error) !== 'ENOENT') throw error;
    const above = dirname(path);
    if (above === path || isFolder(above))
      throw new Error(`no folder can be made in ${above}`, { cause: error });
    makeFolder(above, mode);
    makeFolder(path, mode);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
