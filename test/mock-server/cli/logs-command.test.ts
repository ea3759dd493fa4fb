import { EventEmitter } from 'node:events';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addLogsCommand } from '../../../mock-server/cli/logs.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';

let gem: MockGem;
beforeAll(async () => {
  gem = await startMockGem({ port: 0, scenario: 'empty', controlToken: 'the-token' });
});
afterAll(() => gem.close());

interface Watched {
  lines: string[];
  stderr: string;
  code: number | undefined;
  /** Resolves once so many lines were written. */
  reached: (count: number) => Promise<void>;
  signals: EventEmitter;
  ended: Promise<unknown>;
}

/** Runs `mock-gem logs` in this process. */
function logs(
  flags: readonly string[],
  env: Record<string, string> = { GEM_CONTROL_TOKEN: 'the-token' },
): Watched {
  const waiting: { count: number; resolve: () => void }[] = [];
  const watched: Watched = {
    lines: [],
    stderr: '',
    code: undefined,
    signals: new EventEmitter(),
    ended: Promise.resolve(),
    reached: (count) =>
      new Promise((resolve) => {
        if (watched.lines.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
  const program = new Command();
  addLogsCommand(program, {
    stdout: {
      write: (text) => {
        watched.lines.push(...text.trimEnd().split('\n'));
        for (const { count, resolve } of waiting) if (watched.lines.length >= count) resolve();
      },
    },
    stderr: { write: (text) => (watched.stderr += text) },
    env,
    signals: watched.signals,
    end: (code) => (watched.code = code),
  });
  watched.ended = program.parseAsync(['logs', '--url', gem.url, ...flags], { from: 'user' });
  return watched;
}

function ask(
  path: string,
  { key = gem.apiKey, ...init }: RequestInit & { key?: string } = {},
): Promise<unknown> {
  const headers = { 'X-API-Key': key, 'Content-Type': 'application/json' };
  return fetch(`${gem.url}${path}`, { ...init, headers }).catch(() => undefined);
}

test('each request is a line with time, status, faults by their kind, and the reason of a refusal; what comes is followed', async () => {
  gem.world.log.clear();
  gem.world.faults.arm({ fault: 'status', status: 503, match: { operation: 'listOffices' } });
  await ask('/ats/v0/jobs/?page=2');
  const watched = logs(['--follow', '--world', 'default']);
  await watched.reached(1);
  await ask('/ats/v0/offices/');
  await ask('/ats/v0/candidates/', {
    method: 'POST',
    body: '{"first_name":"Zoë","last_name":"G","email":"z@example.com"}',
  });
  await watched.reached(3);
  // The log begins anew, and so do its numbers.
  gem.world.log.clear();
  await ask('/ats/v0/users/');
  await watched.reached(4);
  watched.signals.emit('SIGINT');
  await watched.ended;

  const time = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}/;
  const world = `world ${gem.world.id.slice(0, 8)}`;
  for (const line of watched.lines) expect(line).toMatch(time);
  expect(watched.lines.map((line) => line.replace(time, '').replace(/[\d.]+ ms/, '…'))).toEqual([
    `200  GET /ats/v0/jobs/?page=2  listJobs  …  ${world}`,
    `503  GET /ats/v0/offices/  listOffices  …  ${world} · fault status · Service Unavailable`,
    `422  POST /ats/v0/candidates/  createCandidate  …  ${world} · job_id: Missing data for required field.`,
    `200  GET /ats/v0/users/  listUsers  …  ${world}`,
  ]);
  expect(watched).toMatchObject({ code: 0, stderr: '' });
  expect(watched.signals.listenerCount('SIGINT')).toBe(0);
});

test('--grep picks lines, --lines the latest of them; without --world all worlds are shown, and unknown keys', async () => {
  gem.world.log.clear();
  await ask('/ats/v0/jobs/');
  await ask('/ats/v0/users/', { key: 'L'.repeat(40) });
  await ask('/ats/v0/offices/', { key: 'too short' });
  const shown = async (...flags: string[]) => {
    const watched = logs(flags);
    await watched.ended;
    return watched.lines.map((line) => /[A-Z]+ \/\S+|world unknown/g.exec(line)?.[0]);
  };
  const paths = ['GET /ats/v0/jobs/', 'GET /ats/v0/offices/', 'GET /ats/v0/users/'];
  expect((await shown()).toSorted()).toEqual(paths);
  expect(await shown('--grep', 'LISTUSERS')).toEqual(['GET /ats/v0/users/']);
  expect(await shown('--grep', 'world unknown')).toEqual(['GET /ats/v0/offices/']);
  expect(await shown('--lines', '1')).toHaveLength(1);
  expect(await shown('--world', 'default')).toEqual(['GET /ats/v0/jobs/']);
});

test('--json tells each request whole, as a line of JSON', async () => {
  gem.world.log.clear();
  await ask('/ats/v0/jobs/nobody');
  const watched = logs(['--json', '--world', 'default']);
  await watched.ended;
  const [line = ''] = watched.lines;
  expect(JSON.parse(line)).toMatchObject({ world: gem.world.id, status: 404, operation: 'getJob' });
  expect(line).not.toContain(gem.apiKey);
  // No digits that nobody can measure.
  expect(line).toMatch(/"milliseconds":\d+(\.\d{1,3})?,/);
});

test.each([
  [
    ['--world', 'nope'],
    { GEM_CONTROL_TOKEN: 'the-token' },
    /has no world "nope"; without --world all are shown$/,
  ],
  [[], {}, /refuses its control API; set GEM_CONTROL_TOKEN to its token$/],
  [
    ['--url', 'http://127.0.0.1:1'],
    {},
    /^mock-gem: nothing answers at http:\/\/127\.0\.0\.1:1; start the emulator/,
  ],
])('what goes wrong is said in one line: %j', async (flags, env, reason) => {
  const watched = logs(flags, env);
  await watched.ended;
  expect(watched).toMatchObject({ code: 1, lines: [] });
  expect(watched.stderr.trimEnd()).toMatch(reason);
});
