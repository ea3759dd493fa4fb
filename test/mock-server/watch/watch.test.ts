// `mock-gem watch` in front of a Gem that departs from the description.
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { Command } from 'commander';
import { expect, onTestFinished, test } from 'vitest';
import { addWatchCommand } from '../../../mock-server/cli/watch/watch.ts';
import { someOf } from '../../support/deep.ts';
import { useGem } from '../../support/gem.ts';

const emulator = useGem({ scenario: 'every-promise' });

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

type Change = (reply: Reply, path: string) => void;

/** A Gem that answers as the emulator does, but for one thing. */
async function departingGem(change: Change): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const { method = 'GET', url = '/' } = request;
      if (url === '/_control') return void response.writeHead(404).end();
      const answer = await fetch(emulator().url + url, {
        method,
        headers: { 'X-API-Key': emulator().apiKey, 'Content-Type': 'application/json' },
        ...(method !== 'GET' && { body: Buffer.concat(parts) }),
      });
      const reply: Reply = {
        status: answer.status,
        headers: Object.fromEntries(
          ['content-type', 'x-pagination'].flatMap((name) => [[name, answer.headers.get(name) ?? '']]),
        ),
        body: await answer.json(),
      };
      change(reply, url);
      const { 'x-pagination': pages, ...rest } = reply.headers;
      response.writeHead(reply.status, { ...rest, ...(pages && { 'x-pagination': pages }) });
      response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Watched {
  url: string;
  lines: string[];
  /** Ends it as Ctrl-C does, and gives all that it printed. */
  stop: () => Promise<{ stdout: string; stderr: string; code: number | undefined }>;
}

/** Runs `mock-gem watch` in this process. */
async function watch(gemUrl: string, ...flags: string[]): Promise<Watched> {
  const told = { stdout: '', stderr: '', code: undefined as number | undefined };
  const signals = new EventEmitter();
  const program = new Command();
  const started = Promise.withResolvers<string>();
  addWatchCommand(program, {
    stdout: { write: (text) => (told.stdout += text) },
    stderr: {
      write: (text) => {
        told.stderr += text;
        const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
        if (url) started.resolve(url);
      },
    },
    env: {},
    signals,
    end: (code) => (told.code = code),
  });
  const ended = program.parseAsync(['watch', '--gem-url', gemUrl, '--port', '0', ...flags], { from: 'user' });
  const stop = async () => {
    signals.emit('SIGINT');
    await ended;
    return told;
  };
  onTestFinished(async () => void (await stop()));
  const url = await started.promise;
  return {
    url,
    get lines() {
      return told.stdout.split('\n').filter((line) => line !== '');
    },
    stop,
  };
}

function sending(method: string, body?: object): RequestInit {
  return {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  };
}

const records = (reply: Reply) => reply.body as Record<string, unknown>[];
const onFirst =
  (change: (record: Record<string, unknown>) => void): Change =>
  (reply) => {
    change(records(reply)[0] ?? {});
  };

const deviations: [
  what: string,
  change: Change,
  request: [method: string, path: string, body?: object],
  line: string,
][] = [
  [
    'a field that is not described',
    onFirst((job) => Object.assign(job, { zone: 'x' })),
    ['GET', '/ats/v0/jobs/'],
    'listJobs answer: zone: expected nothing: the field is not described, got string',
  ],
  [
    'a field that is missing',
    onFirst((user) => delete user['name']),
    ['GET', '/ats/v0/users/'],
    'listUsers answer: name: expected to be there, got nothing',
  ],
  [
    'null where there is none',
    onFirst((office) => (office['name'] = null)),
    ['GET', '/ats/v0/offices/'],
    'listOffices answer: name: expected string, got null',
  ],
  [
    'a value of another type',
    onFirst((stage) => (stage['priority'] = '1')),
    ['GET', '/ats/v0/job_stages/'],
    'listJobStages answer: priority: expected integer, got string',
  ],
  [
    'a word that is not in the list',
    onFirst((application) => (application['status'] = 'paused')),
    ['GET', '/ats/v0/applications/'],
    'listApplications answer: status: expected one of active, hired, rejected, got paused',
  ],
  [
    'an instant that is none',
    onFirst((user) => (user['updated_at'] = 'yesterday')),
    ['GET', '/ats/v0/users/?per_page=1'],
    'listUsers answer: updated_at: expected date-time, got string',
  ],
  [
    'a status that is not described',
    (reply) => (reply.status = 418),
    ['GET', '/ats/v0/sources/'],
    'listSources answer: status: expected one of',
  ],
  [
    'a body that is no JSON',
    (reply) => (reply.body = '<html>'),
    ['GET', '/ats/v0/close_reasons/'],
    'listCloseReasons answer: body: expected JSON, got nothing',
  ],
  [
    'another order',
    (reply) => Object.assign(reply, { body: records(reply).toReversed() }),
    ['GET', '/ats/v0/candidates/?per_page=5'],
    'listCandidates behaviour: oldest-first: records before an older one: expected 0, got more',
  ],
  [
    'keys out of order',
    onFirst((post) => {
      const { content, ...rest } = post;
      for (const key of Object.keys(post)) delete post[key];
      Object.assign(post, rest, { content });
    }),
    ['GET', '/ats/v0/job_posts/'],
    'listJobPosts behaviour: keys-in-alphabetical-order: objects out of order: expected 0, got more',
  ],
  [
    'a header with links',
    (reply) => (reply.headers['link'] = '</ats/v0/offers/?page=2>; rel="next"'),
    ['GET', '/ats/v0/offers/'],
    'listOffers behaviour: no-link-header: a Link header: expected 0, got more',
  ],
  [
    'a header about the limit',
    (reply) => (reply.headers['x-ratelimit-remaining'] = '19'),
    ['GET', '/ats/v0/openings/'],
    'listOpenings behaviour: no-rate-limit-headers: headers about the limit: expected 0, got more',
  ],
  [
    'a list without its page',
    (reply) => (reply.headers['x-pagination'] = ''),
    ['GET', '/ats/v0/scorecards/'],
    'listScorecards behaviour: ats-lists-tell-the-page: lists without X-Pagination: expected 0, got more',
  ],
  [
    'a path that is not described',
    (reply) => Object.assign(reply, { status: 200, body: {} }),
    ['GET', '/ats/v0/candidates/Ada-Lovelace/salary/'],
    'GET /ats/v0/candidates/…/…/ answer: status: expected none: no operation is described there, got 200',
  ],
  [
    'a parameter that is not described, and is taken',
    (reply) =>
      Object.assign(reply, { status: 200, body: [], headers: { 'content-type': 'application/json' } }),
    ['GET', '/ats/v0/scheduled_interviews/?colour=red'],
    'listScheduledInterviews request: colour: expected no such parameter, got taken',
  ],
  [
    'a refusal of what is described',
    (reply) =>
      Object.assign(reply, {
        status: 422,
        body: { code: 422, errors: {}, status: 'Unprocessable Entity' },
      }),
    ['GET', '/ats/v0/rejection_reasons/?page=1'],
    'listRejectionReasons request: what is described: expected to be taken, got refused with 422',
  ],
  [
    'a write that did something else',
    (reply) => Object.assign(reply.body as object, { title: 'Boss' }),
    ['PATCH', '/ats/v0/candidates/', { title: 'Engineer' }],
    'updateCandidate write: title: expected as it was sent, got another string',
  ],
];

test.each(someOf(deviations, 4))(
  '%s is told in one line',
  async (_what, change, [method, path, body], line) => {
    const watched = await watch(await departingGem(change));
    const one = body ? (await (await emulator().control.world()).records('candidates')).records[0]?.id : '';
    await (await fetch(watched.url + path + one, sending(method, body))).text();
    const { stdout, stderr } = await watched.stop();
    const [lines = ''] = stdout.split('\n\n');
    expect(lines.trim().split('\n')).toEqual([expect.stringContaining(line)]);
    expect(stderr).toContain('1 calls were looked at, 1 departures seen');
  },
);

test('the emulator itself departs in nothing, whatever is read, and proves nothing', async () => {
  const watched = await watch(emulator().url);
  const headers = { 'X-API-Key': emulator().apiKey };
  for (const list of ['jobs', 'candidates', 'applications', 'users', 'offers', 'scorecards', 'job_posts'])
    await (await fetch(`${watched.url}/ats/v0/${list}/?per_page=500`, { headers })).text();
  await (await fetch(`${watched.url}/v0/candidates?sort=asc`, { headers })).text();
  await (await fetch(`${watched.url}/ats/v0/candidates/nobody/`, { headers })).text();
  await (await fetch(`${watched.url}/ats/v0/jobs/?page=0`, { headers })).text();
  const { stdout, stderr, code } = await watched.stop();
  expect(stdout.trim()).toMatch(/^The subject is an emulator: /);
  expect(stderr).toContain('10 calls were looked at, 0 departures seen 0 times.');
  expect(code).toBe(0);
});

test('what was seen of a Gem becomes a report and a patch of the evidence, without a value of anybody', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'watch-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [patch, report] = [join(folder, 'drift.patch'), join(folder, 'seen.json')];
  const watched = await watch(await departingGem(() => {}), '--drift', patch, '--json', report);
  const text = await (await fetch(`${watched.url}/ats/v0/sources/`)).text();
  const { stdout, code } = await watched.stop();
  expect(code).toBe(0);
  expect(stdout).toContain('confirmed in the description:\n');
  expect(readFileSync(patch, 'utf8')).toContain('+++ b/contracts/gem.openapi.yaml');
  const written = readFileSync(patch, 'utf8') + readFileSync(report, 'utf8');
  const names = (JSON.parse(text) as { id: string; public_name: string }[]).flatMap((one) => [
    one.id,
    one.public_name,
  ]);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => written.includes(name))).toEqual([]);
});

test('a Gem that is not there is told to the client and ends nothing', async () => {
  const watched = await watch('http://127.0.0.1:9');
  const answer = await fetch(`${watched.url}/ats/v0/jobs/`);
  expect(answer.status).toBe(502);
  expect(await answer.json()).toEqual({
    detail: expect.stringMatching(/^mock-gem watch cannot reach 127\.0\.0\.1:9/) as string,
  });
  expect((await watched.stop()).code).toBe(0);
});
