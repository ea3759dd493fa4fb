import { readdirSync } from 'node:fs';
import type { GemPromise } from './promise.ts';

/** A behaviour with its name, which is that of its file. */
export interface NamedPromise {
  name: string;
  promise: GemPromise;
}

/** Every behaviour that stands in the folder, in the order of the names. */
export async function loadPromises(): Promise<NamedPromise[]> {
  const files = readdirSync(folder).filter((file) => /\.[jt]s$/.test(file) && !file.endsWith('.d.ts'));
  return Promise.all(
    files.toSorted().map(async (file) => {
      // Each file of the folder has a promise as its default; a test holds all of them to it.
      const { default: promise } = (await import(new URL(file, folder).href)) as { default: GemPromise };
      return { name: file.replace(/\.[jt]s$/, ''), promise };
    }),
  );
}

const folder = new URL('promises/', import.meta.url);
