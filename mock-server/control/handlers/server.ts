import packageDescription from '../../../package.json' with { type: 'json' };
import { toInstant } from '../../../contracts/clock.ts';
import type { ControlHandlers } from '../context.ts';
import { toRequestList } from './requests.ts';
import { toRecipe } from './worlds.ts';

export const serverHandlers: ControlHandlers<
  'getServer' | 'listUnknownKeyRequests' | 'clearUnknownKeyRequests'
> = {
  getServer: (_request, { worlds, url, clock, startedAt, snapshots }) => ({
    status: 200,
    body: {
      version: packageDescription.version,
      url,
      started_at: toInstant(startedAt),
      uptime_seconds: (clock.now() - startedAt) / 1000,
      worlds: worlds.all().length,
      first_world: worlds.first?.key ?? '',
      defaults: toRecipe(worlds.defaults),
      unknown_keys: worlds.unknownKeys,
      snapshots: snapshots.place,
    },
  }),

  listUnknownKeyRequests: ({ query }, { unknownKeyRequests }) => ({
    status: 200,
    body: toRequestList(unknownKeyRequests, query.after),
  }),

  clearUnknownKeyRequests(_request, { unknownKeyRequests }) {
    unknownKeyRequests.clear();
    return { status: 204, body: undefined };
  },
};
