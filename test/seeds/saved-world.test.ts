// A world that was saved is a scenario as well, and others may start from it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { takeSnapshot } from '../../mock-server/snapshots/snapshot.ts';
import { defaultAnchor, findScenario } from '../../seeds/index.ts';
import { startGem } from '../support/gem.ts';

const later = '2027-01-04T09:00:00.000Z';

test('a scenario starts from a saved world, moved in time as a whole', async () => {
  const { folder, snapshot } = await savedWorld();
  const text = 'purpose: mine\nextends: ./world.json\nrecords: { sources: [{ public_name: Fair }] }\n';
  writeFileSync(join(folder, 'mine.yaml'), text);
  const built = findScenario(join(folder, 'mine.yaml')).build({ seed: 'any', anchor: later });
  const [first] = snapshot.records.candidates;
  const moved = built.records.candidates[0];
  expect(moved).toMatchObject({ id: first?.id, first_name: first?.first_name });
  const length = Date.parse(later) - Date.parse(defaultAnchor);
  expect(Date.parse(moved?.created_at ?? '')).toBe(Date.parse(first?.created_at ?? '') + length);
  expect(built.records.sources.at(-1)?.public_name).toBe('Fair');
  expect(built.labels).toMatchObject(snapshot.labels);
  const offer = snapshot.records.offers.find(({ starts_at }) => starts_at !== null);
  const start = built.records.offers.find(({ id }) => id === offer?.id)?.starts_at;
  expect(Date.parse(start ?? '')).toBe(Date.parse(offer?.starts_at ?? '') + length);
});

test('what was planned in it is moved as well, with the moments that it sets', async () => {
  const { folder, snapshot } = await savedWorld();
  const [offer] = snapshot.records.offers;
  const at = '2026-12-01T09:00:00.000Z';
  const set = { starts_at: '2026-12-01' };
  const edits: typeof snapshot.timeline = [
    { at, edit: { do: 'create', resource: 'offers', set } },
    { at, edit: { do: 'change', resource: 'offers', record: offer?.id ?? '', set } },
  ];
  writeFileSync(join(folder, 'world.json'), JSON.stringify({ ...snapshot, timeline: edits }));
  const built = findScenario(join(folder, 'world.json')).build({ seed: 'any', anchor: later });
  const length = Date.parse(later) - Date.parse(defaultAnchor);
  const movedTo = new Date(Date.parse(at) + length).toISOString();
  expect(built.timeline).toMatchObject(
    edits.map(({ edit }) => ({
      at: movedTo,
      edit: { do: edit.do, set: { starts_at: movedTo.slice(0, 10) } },
    })),
  );
});

test('at its own anchor it is what it was', async () => {
  const { folder, snapshot } = await savedWorld();
  const built = findScenario(join(folder, 'world.json')).build({ seed: 'any', anchor: defaultAnchor });
  expect(built.records).toEqual(snapshot.records);
});

test('it is known by its format, wherever that stands', async () => {
  const { folder, snapshot } = await savedWorld();
  const file = join(folder, 'world.json');
  const { format, ...rest } = snapshot;
  const built = () => findScenario(file).build({ seed: 'any', anchor: defaultAnchor }).records;
  for (const text of [
    JSON.stringify({ ...rest, format }),
    JSON.stringify({ ...rest, format }, null, 2),
    JSON.stringify({ ...rest, format }).replace('"format":', String.raw`"\u0066ormat" : `),
  ]) {
    writeFileSync(file, text);
    expect(built()).toEqual(snapshot.records);
  }
  // It is read when it is looked for, and once more for each further building.
  const found = findScenario(file);
  const [first, second] = [0, 1].map(() => found.build({ seed: 'any', anchor: defaultAnchor }));
  expect(first).toEqual(second);
  // A scenario that only speaks of one is a scenario.
  writeFileSync(
    file,
    JSON.stringify({
      purpose: 'mine',
      extends: 'team',
      records: { sources: [{ public_name: 'mock-gem world' }] },
    }),
  );
  expect(built().sources.at(-1)?.public_name).toBe('mock-gem world');
});

test('what is no whole world is refused with the place', async () => {
  const { folder, snapshot } = await savedWorld();
  const file = join(folder, 'world.json');
  const build = () => findScenario(file).build({ seed: 'any', anchor: defaultAnchor });
  const [post] = snapshot.records.job_posts;
  if (post) post.job_id = 'nobody';
  writeFileSync(file, JSON.stringify(snapshot));
  expect(build).toThrow(/world\.json: records\.job_posts\.0\.job_id: there is no nobody among the jobs/);
  writeFileSync(file, JSON.stringify({ ...snapshot, company: 5 }));
  expect(build).toThrow(/world\.json: company: /);
  writeFileSync(file, JSON.stringify(snapshot).slice(0, -1));
  expect(build).toThrow(/world\.json: it is no JSON/);
});

async function savedWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'saved-world-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const gem = await startGem({ scenario: 'offers-in-every-status' });
  const snapshot = structuredClone(takeSnapshot(gem.world));
  writeFileSync(join(folder, 'world.json'), JSON.stringify(snapshot));
  return { folder, snapshot };
}
