// `mock-gem watch` in front of a Gem that departs from the description.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { someOf } from '../../support/deep.ts';
import { useGem } from '../../support/gem.ts';
import { departingGem, sending, watch, type Change, type Reply } from './watched.ts';

const emulator = useGem({ scenario: 'every-promise' });

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
    const watched = await watch(await departingGem(emulator(), change));
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
  const watched = await watch(await departingGem(emulator(), () => {}), '--drift', patch, '--json', report);
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
