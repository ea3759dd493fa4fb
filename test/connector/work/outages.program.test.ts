// A PostgreSQL server that is stopped at once or killed while processes work on it. DEEP=1 does it twenty times.
import { fc } from '@fast-check/vitest';
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { candidateRecord, oneOfEach, userRecord } from '../../support/gem-records.ts';
import { startPostgresServer } from '../../support/postgres/server.ts';
import { root, run, type Running } from '../../support/process.ts';
import { startStubGem, type StubGem } from '../../support/stub-gem.ts';
import { isDeep } from '../../support/deep.ts';

const apiKey = 'mgc_key-of-the-outages-test';
const main = `${root}/connector/main.ts`;
const has = (event: string) => (line: string) => line.includes(`"event":"${event}"`);

/** How the server ends, at which request of a sync, and for how many milliseconds it is away. */
const outages = fc.record({
  signal: fc.constantFrom('SIGQUIT' as const, 'SIGKILL' as const),
  request: fc.integer({ min: 1, max: 24 }),
  away: fc.integer({ min: 0, max: isDeep ? 6000 : 1500 }),
});

test(
  'a database that goes away costs nothing but time: no process ends, callers are told to repeat, syncs go on',
  { timeout: isDeep ? 1_800_000 : 120_000 },
  async () => {
    const server = await startPostgresServer({ keepsCommitted: true });
    onTestFinished(() => server.stop());
    const stub = await startStubGem(world(12));
    stub.pageSize = 2;
    const env = {
      DATABASE_URL: server.urlOf('postgres'),
      CONNECTOR_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      CONNECTOR_API_KEY: apiKey,
    };
    const account = ['--gem-url', stub.url, '--acting-user', 'user-1', '--no-call-limits'];
    const api = run('node', [main, '--json', '--role', 'api', '--port', '0', ...account], {
      env: { ...env, GEM_API_KEY: 'any' },
    });
    const { apiUrl, integrationId } = JSON.parse(await api.line(has('ready'))) as Record<string, string>;
    const worker = run('node', [main, '--json', '--role', 'worker'], { env: { ...env, GEM_API_KEY: '' } });
    await worker.line(has('synced'));
    const headers = {
      Authorization: `Bearer ${apiKey}`,
      'X-Integration-Id': integrationId ?? '',
      'Content-Type': 'application/json',
    };
    const call = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(`${apiUrl}${path}`, { headers, ...init });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
    };
    let slowest = 0;
    const refused: { status: number; code: string | null; after: string | null }[] = [];

    const rounds = fc.sample(outages, {
      seed: Number(process.env['DEEP_SEED'] ?? 8),
      numRuns: isDeep ? 20 : 2,
    });
    for (const [round, { signal, request, away }] of rounds.entries()) {
      stub.lists = world(12 + round, `round ${round}`);
      stub.requests.length = 0;
      const reached = whenAsked(stub, request);
      const asked = await call('/force-sync', { method: 'POST', body: JSON.stringify({ type: 'FULL' }) });
      const syncId = asked.body.data.sync_id ?? '';
      await reached;
      await server.crash(signal);
      const back = setTimeout(away).then(() => server.restart());
      for (let isBack = false; !isBack;) {
        const { status, body, headers: told } = await call('/ats/candidates?page_size=1');
        if (status !== 200)
          refused.push({ status, code: body.error?.code ?? null, after: told.get('retry-after') });
        isBack = await Promise.race([back.then(() => true), setTimeout(20, false)]);
      }
      const since = performance.now();
      const synced = JSON.parse(await worker.line((line) => has('synced')(line) && line.includes(syncId)));
      slowest = Math.max(slowest, performance.now() - since);
      expect(synced).toMatchObject({ syncId, state: 'SUCCEEDED', problem: null });
      const { body } = await call('/ats/candidates?page_size=250');
      const names = body.data.results?.map(({ last_name: name }) => name).toSorted();
      expect(names).toEqual(Array.from({ length: 12 + round }, () => `round ${round}`));
    }
    expect(refused.length).toBeGreaterThan(0);
    for (const refusal of refused) {
      expect(refusal).toEqual({ status: 503, code: 'PLATFORM.UNKNOWN_ERROR', after: '5' });
    }
    expect(slowest).toBeLessThan(isDeep ? 10_000 : 30_000);
    if (isDeep)
      process.stdout.write(
        `${rounds.length} outages, slowest ${Math.round(slowest)} ms, ${refused.length} calls refused\n`,
      );
    // Also while it is away, each ends when it is told to.
    await server.crash('SIGQUIT');
    const page = await fetch(`${new URL(apiUrl ?? '').origin}/connect/${'a'.repeat(43)}`);
    expect({ status: page.status, type: page.headers.get('content-type') }).toEqual({
      status: 503,
      type: 'text/html; charset=utf-8',
    });
    for (const program of [api, worker]) await expectFewWords(program, rounds.length + 1);
  },
);

interface Answer {
  data: { sync_id?: string; results?: { last_name: string }[] };
  error?: { code: string | null };
}

/** One line of the log when the database is away, one when it is back, and nothing else, such as a stack. */
async function expectFewWords(program: Running, outages: number): Promise<void> {
  program.child.kill('SIGTERM');
  const { code, stderr } = await program.ended;
  expect(code).toBe(0);
  const lines = stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { message: string }).message);
  const told = /^the database of DATABASE_URL is (?:away: .+ once it is back|back, after \d+ s)$/;
  expect(lines.filter((line) => !told.test(line))).toEqual([]);
  expect(lines.length).toBeLessThanOrEqual(2 * outages);
}

/** Resolves when so many requests have come since. */
function whenAsked(stub: StubGem, count: number): Promise<void> {
  return new Promise((resolve) => {
    stub.intercept = () => {
      if (stub.requests.length >= count) resolve();
      return false;
    };
  });
}

function world(count: number, name = 'first') {
  const ids = Array.from({ length: count }, (_, index) => `c${index}`);
  return {
    ...oneOfEach(),
    listUsers: ['user-1', 'user-2'].map((id) => userRecord(id)),
    listCandidates: ids.map((id) => Object.assign(candidateRecord(id), { last_name: name })),
    listApplications: [],
  };
}
