// A process of its own: a connector without its server. It opens a store and does what it is told, measuring it.
import { systemClock, toInstant } from '../../../contracts/clock.ts';
import { createGemClient } from '../../../connector/gem/client.ts';
import { openStore, type OpenStore } from '../../../connector/store/open-store.ts';
import { createEnvironment } from '../../../connector/store/queries/environments.ts';
import { type Integration, listIntegrations } from '../../../connector/store/queries/integrations.ts';
import { connectIntegration } from '../../../connector/connect/connect-integration.ts';
import { runSync } from '../../../connector/sync/run-sync.ts';
import { floor } from './floor.ts';
import { forgetPages, poll, readPages } from './lists.ts';
import { usageOf, type Usage } from './usage.ts';

/** What the process is started with, as JSON. */
export interface Setting {
  place: OpenStore;
  gem: { url: string; apiKey: string };
  isRemoteDataEnabled: boolean;
}

/** What it may be told to do; it answers with {@link Usage}. */
export type Task = 'floor' | 'FULL' | 'DELTA' | 'new pages' | 'pages' | 'polls' | 'close';

const { place, gem, isRemoteDataEnabled }: Setting = JSON.parse(process.argv[2] ?? '');
const environmentId = 'bench';
const store = await openStore(place);
const integration = (await listIntegrations(store, environmentId))[0] ?? (await connect());
const client = createGemClient(gem);

process.on('message', ({ task }: { task: Task }) => {
  void perform(task).then((usage) => process.send?.(usage ?? 'closed'));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function perform(task: Task): Promise<Usage | undefined> {
  if (task === 'close') {
    await store.close();
    return undefined;
  }
  if (task === 'new pages') await forgetPages(store);
  return usageOf(store, () => work(task));
}

function work(task: Exclude<Task, 'close'>): Promise<number> {
  switch (task) {
    case 'floor':
      return floor(store.database, client);
    case 'new pages':
    case 'pages':
      return readPages(store, integration);
    case 'polls':
      return poll(store, integration);
    case 'FULL':
    case 'DELTA':
      return sync(task);
  }
}

async function sync(type: 'FULL' | 'DELTA'): Promise<number> {
  const ended = await runSync({ store, clock: systemClock, integration, gem: client, type });
  if (ended.state !== 'SUCCEEDED' || ended.type !== type) {
    throw new Error(`the ${type} sync was ${ended.type} and ended as ${ended.state}: ${ended.problem}`);
  }
  return [...ended.models.values()].reduce((sum, { read }) => sum + read, 0);
}

async function connect(): Promise<Integration> {
  const clock = systemClock;
  const createdAt = toInstant(clock.now());
  await createEnvironment(store.database, { id: environmentId, name: 'Bench', apiKey: 'bench', createdAt });
  return connectIntegration({
    store,
    clock,
    environmentId,
    gem,
    endUserOrganizationName: 'Bench',
    isRemoteDataEnabled,
  });
}
