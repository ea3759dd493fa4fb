import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '../../contracts/clock.ts';
import { startMockGem } from '../../mock-server/server.ts';
import { read, startGem } from '../support/gem.ts';

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

test.each([
  ['no JSON', '{', /cannot be read \(/],
  [
    'something else',
    '{"records":{}}',
    /is not a snapshot of a mock-gem world; choose another file or remove it/,
  ],
])('a file with %s is refused in one line and stays as it is', async (_what, content, words) => {
  const snapshot = join(folder(), 'world.json');
  writeFileSync(snapshot, content);
  await expect(startMockGem({ port: 0, snapshot })).rejects.toThrow(words);
  expect(readFileSync(snapshot, 'utf8')).toBe(content);
});

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
