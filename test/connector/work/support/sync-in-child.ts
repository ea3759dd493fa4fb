// A process of its own that performs one sync: `kills.test.ts` kills it at some point of it.
import { fixedClock } from '../../../../contracts/clock.ts';
import { createGemClient } from '../../../../connector/gem/index.ts';
import { openStore, type OpenStore } from '../../../../connector/store/index.ts';
import { readWorkSettings } from '../../../../connector/work/settings.ts';
import { syncNow } from '../../../../connector/work/sync-now.ts';

/** What the process is told on its command line. */
export interface Told {
  place: OpenStore;
  integrationId: string;
  instant: string;
}

const { place, integrationId, instant }: Told = JSON.parse(process.argv[2] ?? '');
const store = await openStore(place);
const context = {
  store,
  clock: fixedClock(instant),
  settings: readWorkSettings(),
  clientOf: ({ gem }: Parameters<Parameters<typeof syncNow>[0]['clientOf']>[0]) => createGemClient(gem),
};
await syncNow(context, integrationId, { signal: new AbortController().signal });
await store.close();
