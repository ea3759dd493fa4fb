import type { Request } from 'express';
import type { Sample } from '../../contracts/page/index.ts';
import { exampleValues } from './examples.ts';
import { addressOf, isFromThisMachine } from '../http/client-address.ts';
import type { Worlds } from '../worlds/worlds.ts';

/** What the pages of the emulator make their examples with. */
interface PageSettings {
  worlds: Worlds;
  /** Where clients reach the server. Default: where they asked. */
  publicUrl?: string | undefined;
}

/** The pages that lead to one another. */
export const pages = {
  gem: [
    { name: 'Gem API', path: '/docs' },
    { name: 'openapi.json', path: '/openapi.json' },
  ],
  control: [
    { name: 'Console', path: '/_console' },
    { name: 'Control API', path: '/_control/docs' },
    { name: 'its openapi.json', path: '/_control/openapi.json' },
  ],
};

/**
 * The examples of Gem's API: with the key and the records of the first world. A key of the user's own is shown to this
 * machine alone; elsewhere the shell fills in `$GEM_API_KEY`.
 *
 * @param publicKey a key that is no secret
 */
export function gemSample(
  { worlds, publicUrl }: PageSettings,
  publicKey: string | undefined,
): (request: Request) => Sample {
  return (request) => {
    const world = worlds.first;
    const isShown = world?.key === publicKey || isFromThisMachine(request);
    return {
      url: publicUrl ?? addressOf(request) ?? '',
      headers: { 'X-API-Key': world && isShown ? world.key : '$GEM_API_KEY' },
      query: { per_page: 2, page_size: 2 },
      valuesOf: world ? exampleValues(world) : () => ({}),
    };
  };
}

/** The examples of the control API: with the first world, one of its labels, and a token where there is one. */
export function controlSample(
  { worlds, publicUrl }: PageSettings,
  hasToken: boolean,
): (request: Request) => Sample {
  return (request) => {
    const [[record, { resource }] = [undefined, {}]] = Object.entries(worlds.first?.labels ?? {});
    const special: Record<string, Record<string, unknown>> = {
      ...(record !== undefined && { getRecord: { record, resource } }),
      // The first world cannot be dropped; the one that the example of forkWorld makes can.
      dropWorld: { world: forkedKey },
    };
    return {
      url: publicUrl ?? addressOf(request) ?? '',
      headers: hasToken ? { Authorization: 'Bearer $GEM_CONTROL_TOKEN' } : {},
      valuesOf: (operationId) => special[operationId] ?? {},
    };
  };
}

/** As in the example of forkWorld in the description. */
const forkedKey = 'Abcdefghij0123456789Abcdefghij0123456789';
