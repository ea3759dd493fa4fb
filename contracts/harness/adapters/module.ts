import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Adapter } from '../adapter.ts';

/**
 * Loads an adapter from a module: its default export is one, or a function that makes one.
 *
 * @param file `./my-adapter.ts`, `.js` or `.mjs`, relative to where the command was started
 * @throws Error in one line that says what is missing
 */
export async function loadAdapter(file: string): Promise<Adapter> {
  const path = resolve(file);
  if (!existsSync(path)) throw new Error(`there is no file ${file}`);
  if (statSync(path).isDirectory()) throw new Error(`${file} is a folder; name the module in it`);
  const made = await make(await defaultOf(path, file), file);
  const missing = functions.filter(({ name }) => !hasFunction(made, name));
  if (missing.length > 0) {
    const wanted = missing.map(({ name, parameters }) => `${name}(${parameters})`).join(', ');
    throw new Error(`the adapter of ${file} has no ${wanted}`);
  }
  if (!coversWords(made))
    throw new Error(`"covers" in the adapter of ${file} must be a list of words such as "jobs.location"`);
  if (
    made.accountsAtOnce !== undefined &&
    !(Number.isInteger(made.accountsAtOnce) && made.accountsAtOnce > 0)
  )
    throw new Error(`"accountsAtOnce" in the adapter of ${file} must be a whole number from 1 on`);
  return made;
}

const functions = [
  { name: 'sync', parameters: 'account, type' },
  { name: 'list', parameters: 'account, list, query' },
  { name: 'act', parameters: 'account, call' },
] as const;

async function defaultOf(path: string, file: string): Promise<unknown> {
  try {
    const loaded: object = await import(pathToFileURL(path).href);
    return Reflect.get(loaded, 'default');
  } catch (error) {
    throw new Error(`${file} cannot be loaded: ${firstLine(error)}`, { cause: error });
  }
}

async function make(exported: unknown, file: string): Promise<unknown> {
  if (typeof exported === 'object' && exported !== null) return exported;
  if (typeof exported !== 'function')
    throw new Error(`${file} has no default export that is an adapter, or a function that makes one`);
  try {
    return await exported();
  } catch (error) {
    throw new Error(`the function of ${file} made no adapter: ${firstLine(error)}`, { cause: error });
  }
}

function hasFunction(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function';
}

/** Its functions were checked before. */
function coversWords(made: unknown): made is Adapter {
  const covers: unknown = typeof made === 'object' && made !== null ? Reflect.get(made, 'covers') : undefined;
  return covers === undefined || (Array.isArray(covers) && covers.every((word) => typeof word === 'string'));
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
