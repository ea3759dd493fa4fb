// A process of its own: the emulator with the scenario `large`, which changes candidates when it is told to.
import { applyEdits } from '../../../mock-server/edits/apply-edits.ts';
import { startMockGem } from '../../../mock-server/server.ts';

/** What the parent is told once the emulator listens. */
export interface Started {
  url: string;
  apiKey: string;
  candidates: number;
  applications: number;
}

/** What the parent may ask for: so many candidates change, scattered over all of them, always the same ones. */
export interface Change {
  candidates: number;
}

const gem = await startMockGem({
  port: 0,
  scenario: 'large',
  parameters: { candidates: Number(process.argv[2]) },
  switches: { rate_limit: 'off' },
});
const { store } = gem.world;
const ids = [...store.collection('candidates').entries()].map(({ record }) => record.id);
let changes = 0;

process.on('message', ({ candidates }: Change) => {
  changes += 1;
  const title = `Title number ${changes}`;
  const chosen = Array.from(
    { length: candidates },
    (_, index) => ids[Math.floor((index * ids.length) / candidates)] ?? '',
  );
  applyEdits(
    gem.world,
    chosen.map((record) => ({ do: 'change', resource: 'candidates', record, set: { title } })),
  );
  process.send?.(chosen.length);
});
process.on('disconnect', () => process.exit());
process.send?.({
  url: gem.url,
  apiKey: gem.apiKey,
  candidates: ids.length,
  applications: [...store.collection('applications').entries()].length,
} satisfies Started);
