// An emulator in a test's own process answers, whatever the test makes of timers.
import { globSync, readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { read, readCandidates, startGem } from '../../support/gem.ts';
import { ask } from '../faults/support.ts';

afterEach(() => vi.useRealTimers());

test('with every timer and clock faked, all is answered, and the rate limit refills', async () => {
  const gem = await startGem({ switches: { rate_limit: { per_second: 1_000_000, burst: 10 } } });
  const [candidate] = await readCandidates(gem);
  const [user] = (await read(gem, '/ats/v0/users/')) as { id: string }[];
  const world = await gem.control.openWorld();
  // Whoever asks is a client of Node's own; what it needs may not be faked, and the test's own `await` may not either.
  vi.useFakeTimers({
    toFake: [
      'setTimeout',
      'setInterval',
      'setImmediate',
      'queueMicrotask',
      'Date',
      'performance',
      'hrtime',
      'clearImmediate',
      'clearInterval',
      'clearTimeout',
    ],
  });
  for (let round = 0; round < 20; round += 1) expect((await ask(gem, '/ats/v0/jobs/')).status).toBe(200);
  expect((await ask(gem, '/nowhere')).status).toBe(404);
  expect((await ask(gem, '/docs')).status).toBe(200);
  expect(
    (await ask(gem, `/ats/v0/candidates/${candidate?.id}`, { method: 'PATCH', body: {} })).status,
  ).toBeLessThan(500);
  const form = '--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--XX--\r\n';
  const headers = { 'Content-Type': 'multipart/form-data; boundary=XX' };
  const path = `/v0/candidates/${candidate?.id}/uploaded_resumes/x`;
  expect((await ask(gem, path, { method: 'POST', body: form, headers })).status).toBe(422);
  const upload = `--XX\r\nContent-Disposition: form-data; name="resume_file"; filename="cv.pdf"\r\n\r\n%PDF\r\n--XX--\r\n`;
  const uploads = `/v0/candidates/${candidate?.id}/uploaded_resumes/${user?.id}`;
  expect((await ask(gem, uploads, { method: 'POST', body: upload, headers })).status).toBe(201);
  expect((await ask(gem, '/_control/worlds')).status).toBe(200);
  const before = (await world.state()).clock.now;
  vi.setSystemTime('2001-01-01');
  expect((await world.state()).clock.now >= before).toBe(true);
  await world.edit({ do: 'create', resource: 'candidates' });
  await world.reset();
  vi.useRealTimers();
  expect(await read(gem, '/ats/v0/users/')).not.toEqual([]);
});

// Jest runs what a test imports with globals of its own, and fakes `process.nextTick` too: only there would they be missed.
test('nothing on the way of a request uses the globals that tests replace', () => {
  const files = globSync(['mock-server/**/*.ts', 'seeds/**/*.ts', 'contracts/{,page/,server/}*.ts'], {
    exclude: [
      'mock-server/cli/**',
      // It runs in a browser.
      'mock-server/console/**',
      // These stand before a real Gem, as processes of their own.
      'mock-server/{capture,watch}/**',
      'mock-server/main.ts',
      'contracts/{clock,generate,stop,while-waiting,page/script}.ts',
    ],
  });
  expect(files).toEqual(
    expect.arrayContaining(['mock-server/faults/kinds.ts', 'contracts/server/layers.ts']),
  );
  const uses = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
    const imported = [
      ...text.matchAll(/import \{[^}]*\} from 'node:(?:timers(?:\/promises)?|perf_hooks)'/g),
    ].join();
    return [...text.matchAll(replaced)]
      .map(([, word = '']) => word)
      .filter((word) => !imported.includes(word.split('.')[0] ?? ''))
      .map((word) => `${file}: ${word}`);
  });
  // Where it is real, that is the clock of a world unless a test hands over another.
  expect(uses).toEqual(['mock-server/machine/time.ts: Date.now']);
});

const replaced =
  /(?<![\w.'`])(setTimeout|setInterval|setImmediate|queueMicrotask|performance\.now|process\.nextTick|process\.hrtime|Date\.now|new Date\(\)|AbortSignal\.timeout)/g;
