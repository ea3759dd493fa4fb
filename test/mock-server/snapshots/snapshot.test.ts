import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import { checkSnapshot } from '../../../mock-server/snapshots/check.ts';
import { brokenReferences } from '../../../seeds/scenario-file/broken-references.ts';
import { takeSnapshot } from '../../../mock-server/snapshots/snapshot.ts';
import { scenarios, type ScenarioReference } from '../../../seeds/index.ts';
import { startMockGem } from '../../../mock-server/server.ts';
import { read, startGem } from '../../support/gem.ts';

test('a world goes on after a restart where it stood, byte for byte, ids included', async () => {
  const snapshot = join(folder(), 'world.json');
  const clock = fixedClock('2026-11-20T08:00:00Z');
  const first = await startMockGem({ port: 0, snapshot, clock });
  const [job] = await read<{ id: string }[]>(first, '/ats/v0/jobs/?status=open');
  await createCandidate(first, 'one@example.com', job?.id);
  const before = await dump(first);
  await first.close();

  const second = await startGem({ snapshot, clock });
  expect(await dump(second)).toBe(before);
  const { id } = await createCandidate(second, 'two@example.com', job?.id);
  expect(before).not.toContain(id);
});

test('the same world is kept as the same bytes', async () => {
  const files = [join(folder(), 'one.json'), join(folder(), 'two.json')];
  for (const snapshot of files) await (await startMockGem({ port: 0, snapshot })).close();
  const [one, two] = files.map((file) => readFileSync(file, 'utf8'));
  expect(one).toBe(two);
});

test('a world goes on with its switches, labels, clock, plans and recruiters', async () => {
  const snapshot = join(folder(), 'world.json');
  const first = await startMockGem({ port: 0, snapshot });
  const world = await first.control.world();
  await world.clock.freeze();
  await world.clock.set('2026-12-01T00:00:00Z');
  await world.choose({ checking: 'lenient' });
  await world.edit({ do: 'create', resource: 'jobs', as: 'my-job' });
  await world.timeline.add({ in: '1 day', edit: { do: 'close', resource: 'jobs', record: 'my-job' } });
  await world.simulation.start(2);
  await world.clock.advance('3 hours');
  const kept = await world.export();
  expect(kept.simulation).toMatchObject({ per_hour: 2 });
  await first.close();

  const again = await (await startGem({ snapshot })).control.world();
  expect(await again.export()).toEqual(kept);
  // What was planned still happens, and the same as in a world that was never saved.
  const untouched = await startGem();
  await untouched.control.call('importWorld', { path: { world: 'default' }, body: kept });
  for (const one of [again, await untouched.control.world()]) await one.clock.advance('2 days');
  expect((await again.record('jobs', 'my-job')).record).toMatchObject({ status: 'closed' });
  expect(await again.export()).toEqual(await (await untouched.control.world()).export());
});

const sound = takeSnapshot(await emptyWorld());

test.each<[string, string, RegExp]>([
  ['no JSON', '{', /cannot be read \(/],
  ['something else', '{"records":{}}', /is not a snapshot of a mock-gem world; choose another file/],
  ['no object at all', '[]', /is not a snapshot of a mock-gem world/],
  [
    'an older version',
    JSON.stringify({ ...sound, version: 2 }),
    /is a snapshot of version 2; this mock-gem reads version 3/,
  ],
  [
    'a record of another shape',
    JSON.stringify(sound).replace('"site_admin":true', '"site_admin":"yes"'),
    /is not whole: records\.users\.0\.site_admin site_admin has to be true or false, not "yes"/,
  ],
  [
    'an unknown field',
    JSON.stringify({ ...sound, lables: {} }),
    /unknown field "lables" of the snapshot; did you mean "labels"\?/,
  ],
  [
    'a label of nothing',
    JSON.stringify({ ...sound, labels: { lost: { resource: 'jobs', id: 'nowhere' } } }),
    /does not hold together: labels\.lost there is no nowhere among the jobs/,
  ],
  [
    'a record twice',
    JSON.stringify({
      ...sound,
      records: { ...sound.records, users: [...sound.records.users, ...sound.records.users] },
    }),
    /records\.users\.1\.id a second /,
  ],
])('a file with %s is refused in one line and stays as it is', async (_what, content, words) => {
  const snapshot = join(folder(), 'world.json');
  writeFileSync(snapshot, content);
  const refusal: unknown = await startMockGem({ port: 0, snapshot }).catch((error: unknown) => error);
  const message = refusal instanceof Error ? refusal.message : '';
  expect(message).toMatch(words);
  expect(message).not.toContain('\n');
  expect(readFileSync(snapshot, 'utf8')).toBe(content);
});

test.each(scenarios.map(({ name }) => name))('the world of scenario %s holds together', async (scenario) => {
  const parameters = scenario === 'large' ? { candidates: 50 } : {};
  const gem = await startMockGem({ port: 0, scenario: scenario as ScenarioReference, parameters });
  const snapshot = takeSnapshot(gem.world);
  await gem.close();
  expect(brokenReferences(snapshot)).toEqual([]);
  expect(() => checkSnapshot(JSON.parse(JSON.stringify(snapshot)))).not.toThrow();
});

async function emptyWorld() {
  const gem = await startMockGem({ port: 0, scenario: 'empty' });
  await gem.close();
  return gem.world;
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'mock-gem-snapshot-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** All candidates as text, without the links, which name the server's port. */
async function dump(gem: Parameters<typeof read>[0]): Promise<string> {
  const candidates = await read(gem, '/ats/v0/candidates/?per_page=500&include_deleted=true');
  return JSON.stringify(candidates).replaceAll(/http:\/\/127[^"]*/g, '');
}

async function createCandidate(gem: Parameters<typeof read>[0], email: string, job_id: string | undefined) {
  const response = await fetch(`${gem.url}/ats/v0/candidates/`, {
    method: 'POST',
    headers: { 'X-API-Key': gem.apiKey, 'Content-Type': 'application/json' },
    body: JSON.stringify({ first_name: 'Ada', last_name: 'Lovelace', email, job_id }),
  });
  return (await response.json()) as { id: string };
}
