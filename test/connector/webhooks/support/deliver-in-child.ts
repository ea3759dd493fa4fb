// A process of its own that sends what waits: `delivery.test.ts` kills it while it does.
import { openStore, type OpenStore } from '../../../../connector/store/open-store.ts';
import { openScene } from './scene.ts';

const { place, name }: { place: OpenStore; name: string } = JSON.parse(process.argv[2] ?? '');
const store = await openStore(place);
await (await openScene(store, name)).work();
await store.close();
