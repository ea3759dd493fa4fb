import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectToMockGem, type MockGemControl } from '../../../mock-server/control/client.ts';
import { startGem } from '../../support/gem.ts';
import { root, run } from '../../support/process.ts';

test('the same scenario, seed and clock give the same bytes in two processes, and again after a restart', async () => {
  const snapshot = join(folder(), 'world.json');
  const [one, other] = [await serve(['--snapshot', snapshot]), await serve([])];
  const texts = await Promise.all([one.control, other.control].map(writeAndExport));
  expect(texts[0]).toBe(texts[1]);
  expect(texts[0]?.length).toBeGreaterThan(100_000);
  one.process.child.kill('SIGINT');
  expect((await one.process.ended).code).toBe(0);
  const again = await serve(['--snapshot', snapshot]);
  expect(await exportText(again.control)).toBe(texts[0]);
});

test('named snapshots outlive the server in their folder', async () => {
  const snapshots = join(folder(), 'not-there-yet');
  const first = await startGem({ snapshots });
  expect(await first.control.snapshots()).toEqual([]);
  const world = await first.openWorld({ clock: still });
  await world.edit({ do: 'create', resource: 'jobs', as: 'kept' });
  await world.save('my-state');
  const second = await startGem({ snapshots });
  expect(await second.control.snapshots()).toMatchObject([{ name: 'my-state' }]);
  const loaded = await second.control.loadSnapshot('my-state');
  expect(await loaded.export()).toEqual(await world.export());
  await second.control.deleteSnapshot('my-state');
  expect(await first.control.snapshots()).toEqual([]);
});

const still = { now: '2026-11-20T08:00:00.000Z', frozen: true };

test('many may save under one name at once: one of them is kept whole', async () => {
  const gem = await startGem({ snapshots: folder() });
  const worlds = await Promise.all(
    ['one', 'two', 'three', 'four'].map((seed) => gem.openWorld({ scenario: 'empty', seed, clock: still })),
  );
  await Promise.all(worlds.map((world) => world.save('contested')));
  const texts = await Promise.all(worlds.map(async (world) => JSON.stringify(await world.export())));
  const kept = await (await gem.control.loadSnapshot('contested')).export();
  expect(texts).toContain(JSON.stringify(kept));
  expect(await gem.control.snapshots()).toHaveLength(1);
});

test('a file that somebody broke is named, and refused', async () => {
  const snapshots = folder();
  writeFileSync(join(snapshots, 'broken.json'), '{"format":"mock-gem world","version":1}');
  const gem = await startGem({ snapshots });
  await expect(gem.control.loadSnapshot('broken')).rejects.toThrow(
    /409: .*broken\.json is a snapshot of version 1; this mock-gem reads version 3/,
  );
});

async function serve(flags: string[]): Promise<{ process: ReturnType<typeof run>; control: MockGemControl }> {
  const process = run('node', [join(root, 'mock-server/mock-gem.js'), 'serve', '--port', '0', ...flags]);
  const line = await process.line((text) => text.includes('ATS API'));
  const [url = ''] = /http:\/\/[\w.:]+/.exec(line) ?? [];
  return { process, control: connectToMockGem(url) };
}

/** Changes the first world in many ways and gives all of it. */
async function writeAndExport(control: MockGemControl): Promise<string> {
  const world = await control.world();
  await world.clock.freeze();
  await world.clock.set('2026-12-01T00:00:00Z');
  await world.edit(
    { do: 'create', resource: 'jobs', as: 'my-job' },
    { do: 'create', resource: 'candidates', as: 'my-candidate' },
  );
  await world.simulation.start(20);
  await world.clock.advance('1 day');
  const jobs = (await (await world.fetch('/ats/v0/jobs/?status=open')).json()) as { id: string }[];
  const created = await world.fetch('/ats/v0/candidates/', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: 'ada@example.com',
      job_id: jobs[0]?.id,
    }),
  });
  expect(created.status).toBe(201);
  return exportText(control);
}

async function exportText({ url }: MockGemControl): Promise<string> {
  return (await fetch(`${url}/_control/worlds/default/export`)).text();
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'mock-gem-snapshots-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
