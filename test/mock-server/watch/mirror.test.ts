// `mock-gem watch --mirror`: an emulator is held against a Gem by the writes that a connector makes anyway.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isIdName } from '../../../contracts/harness/gem/watch/compare-answers.ts';
import { referenceTo } from '../../../contracts/harness/gem/watch/record-kinds.ts';
import { expect, onTestFinished, test } from 'vitest';
import type { SteeredWorld } from '../../../mock-server/control/steered-world.ts';
import type { Operation } from '../../../contracts/description.ts';
import { gemDescription } from '../../../contracts/gem.ts';
import { isNode, nodeAt, referenceOf } from '../../../contracts/drift/document.ts';
import { isBroad, someOf } from '../../support/deep.ts';
import { startGem, useGem } from '../../support/gem.ts';
import { call, pathOf } from '../every-operation-requests.ts';
import { departingGem, sending, watch, type Change, type Reply, type Watched } from './watched.ts';

const emulator = useGem({ scenario: 'default' });

interface Mirrored extends Watched {
  gem: SteeredWorld;
  mirror: SteeredWorld;
  /** Sends a write through, and gives what came back. */
  send: (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;
}

/** A Gem that answers as the emulator does but for one thing, watched, with a world that began as Gem did for its mirror. */
async function mirrored(change: Change = () => {}, ...flags: string[]): Promise<Mirrored> {
  const gem = await emulator().openWorld();
  const mirror = await gem.fork();
  const url = await departingGem({ url: emulator().url, apiKey: gem.key }, change);
  const watched = await watch(url, '--mirror', mirror.id, '--mirror-url', emulator().url, ...flags);
  return {
    ...watched,
    gem,
    mirror,
    async send(method, path, body) {
      const answer = await fetch(`${watched.url}/ats/v0${path}`, sending(method, body));
      const text = await answer.text();
      return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    },
  };
}

/** What it said of the mirror, line by line. */
async function ofMirror({ stop }: Watched): Promise<{ lines: string[]; summary: string }> {
  const { stdout, stderr } = await stop();
  const [lines = ''] = stdout.split('\n\n');
  return {
    lines: lines.split('\n').filter((line) => / (mirror|not compared): /.test(line)),
    summary: /^.* held against the mirror.*$/m.exec(stderr)?.[0] ?? '',
  };
}

async function firstOf(world: SteeredWorld, resource: 'users' | 'jobs' | 'candidates' | 'rejection_reasons') {
  return (await world.records(resource)).records[0]?.id ?? '';
}

const ada = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com', company: 'Engines' };

test('what is written to Gem is written to the mirror, with the ids that it has there', async () => {
  const watched = await mirrored();
  const { gem, mirror, send } = watched;
  const [user_id, job_id] = [await firstOf(gem, 'users'), await firstOf(gem, 'jobs')];
  // The two sides count their ids differently from here on.
  await mirror.edit({ do: 'create', resource: 'candidates', as: 'another' });
  const person = await send('POST', '/candidates/', { ...ada, job_id });
  const [application] = person['applications'] as { id: string }[];
  await send('POST', `/candidates/${String(person['id'])}/activity_feed/notes`, {
    user_id,
    body: 'Called.',
    visibility: 'public',
  });
  await send('POST', `/applications/${application?.id ?? ''}/reject`, {
    user_id,
    rejection_reason_id: await firstOf(gem, 'rejection_reasons'),
  });
  await send('PATCH', `/candidates/${String(person['id'])}/`, { title: 'Engineer' });
  // Of a record that both sides are known to have, reads are compared as well.
  await send('GET', `/candidates/${String(person['id'])}/`);
  await send('GET', '/candidates/');
  await send('DELETE', `/candidates/${String(person['id'])}/`);
  expect(await ofMirror(watched)).toEqual({
    lines: [],
    summary: '6 calls were held against the mirror, 0 differed, 0 could not be compared.',
  });
  const there = (await mirror.records('candidates', { q: 'Lovelace', deleted: 'only' })).records[0];
  expect(there?.record).toMatchObject({ last_name: 'Lovelace', title: 'Engineer' });
  expect(there?.id).not.toBe(person['id']);
});

test.runIf(isBroad)(
  'of no write does the emulator answer otherwise than it is described, or than its own mirror',
  async () => {
    const gem = await startGem();
    const mirror = await (await gem.control.world()).fork();
    const watched = await watch(gem.url, '--mirror', mirror.id, '--mirror-url', gem.url);
    const writes = [...gemDescription.operations.values()].filter(({ method }) => method !== 'get');
    const statuses = new Map<string, number>();
    // What is deleted is needed by the others.
    for (const operation of writes.toSorted((one, other) => deletes(one) - deletes(other))) {
      const response = await call({ ...gem, url: watched.url }, operation, pathOf(operation, gem));
      statuses.set(operation.id, response.status);
    }
    const { stdout, stderr } = await watched.stop();
    expect(stdout.trim()).toMatch(
      /^applyToJobPost not compared: because the mirror has a job board of its own\n\nThe subject is an emulator: /,
    );
    const compared = writes.length - 1;
    expect(stderr).toContain(`${compared} calls were held against the mirror, 0 differed, 1 could`);
    expect([...statuses.values()].filter((status) => status < 300).length).toBeGreaterThan(compared / 2);
  },
);

function deletes({ method }: Operation): number {
  return method === 'delete' ? 1 : 0;
}

test('what Gem refuses is refused by the mirror as well', async () => {
  const watched = await mirrored();
  await watched.send('POST', '/candidates/', { first_name: 5 });
  await watched.send('PATCH', '/candidates/nobody/', { title: 'Engineer' });
  await watched.send('DELETE', '/candidates/nobody/');
  expect(await ofMirror(watched)).toEqual({
    lines: [],
    summary: '3 calls were held against the mirror, 0 differed, 0 could not be compared.',
  });
});

const onWrites =
  (change: (body: Record<string, unknown>, reply: Reply) => void): Change =>
  (reply, _path, method) => {
    if (method !== 'GET') change(reply.body as Record<string, unknown>, reply);
  };

const differences: [what: string, change: Change, line: string][] = [
  ['another status', onWrites((_body, reply) => (reply.status = 200)), 'status: expected 201, got 200'],
  ['a field too many', onWrites((body) => (body['zone'] = 'Bern')), 'zone: expected nothing, got string'],
  ['a field too few', onWrites((body) => delete body['title']), 'title: expected null, got nothing'],
  ['null', onWrites((body) => (body['company'] = null)), 'company: expected string, got null'],
  [
    'another text',
    onWrites((body) => (body['last_name'] = 'Byron')),
    'last_name: expected string, got another string',
  ],
  [
    'another word',
    onWrites((body) => {
      const [address] = body['email_addresses'] as Record<string, unknown>[];
      if (address) address['type'] = 'work';
    }),
    'email_addresses[].type: expected personal, got work',
  ],
  [
    'a list of another length',
    onWrites((body) => (body['email_addresses'] = [])),
    'email_addresses: expected list of 1, got list of 0',
  ],
  [
    'moments of another form',
    onWrites((body) => (body['created_at'] = '2026-02-04T22:31:13Z')),
    'created_at: expected 0000-00-00T00:00:00.000Z, got 0000-00-00T00:00:00Z',
  ],
  [
    'another record than was named',
    onWrites((body) => {
      const [application] = body['applications'] as Record<string, unknown>[];
      if (application) application['candidate_id'] = 'someone';
    }),
    'applications[].candidate_id: expected the same record, got another record',
  ],
];

test.each(someOf(differences, 3))('%s is told in one line', async (_what, change, line) => {
  const watched = await mirrored(change);
  await watched.send('POST', '/candidates/', { ...ada, job_id: await firstOf(watched.gem, 'jobs') });
  const { lines, summary } = await ofMirror(watched);
  expect(lines).toEqual([`createCandidate mirror: ${line}`]);
  expect(summary).toBe('1 calls were held against the mirror, 1 differed, 0 could not be compared.');
});

test('a write about a record that the mirror lacks is not compared, and says why; what Gem could not do says nothing', async () => {
  const watched = await mirrored(onWrites((body, reply) => body['title'] === 'Fail' && (reply.status = 503)));
  const { gem, send, mirror } = watched;
  await gem.edit({ do: 'create', resource: 'candidates', as: 'new' });
  const { id } = await gem.record('candidates', 'new');
  await send('PATCH', `/candidates/${id}/`, { title: 'Engineer' });
  const person = await firstOf(gem, 'candidates');
  await send('PATCH', `/candidates/${person}/`, { title: 'Fail' });
  const { lines, summary } = await ofMirror(watched);
  expect({ lines: lines.toSorted(), summary }).toEqual({
    lines: [
      'updateCandidate not compared: because Gem answered 503, which says nothing about the call itself',
      'updateCandidate not compared: because the mirror has no such candidate',
    ],
    summary: '0 calls were held against the mirror, 0 differed, 2 could not be compared.',
  });
  expect((await mirror.requests.find({ method: 'PATCH' })).count).toBe(0);
});

test('a record that was deleted in the mirror, or is only called so there, is none that it has', async () => {
  const watched = await mirrored();
  const { gem, mirror, send } = watched;
  const id = await firstOf(gem, 'candidates');
  await mirror.edit({ do: 'delete', resource: 'candidates', record: id });
  await mirror.edit({ do: 'create', resource: 'candidates', as: 'somebody' });
  await send('PATCH', `/candidates/${id}/`, { title: 'Engineer' });
  const user = await firstOf(gem, 'users');
  const job = await firstOf(gem, 'jobs');
  await gem.edit({ do: 'create', resource: 'openings', set: { job_id: job }, as: 'seat' });
  const seat = await gem.record('openings', 'seat');
  await send('DELETE', `/jobs/${job}/openings`, { ids: [seat.id], user_id: user });
  expect((await ofMirror(watched)).lines).toEqual([
    'updateCandidate not compared: because the mirror has no such candidate',
    'deleteOpenings not compared: because the mirror has no such opening',
  ]);
});

test('a mirror that went away changes nothing of what passes through', async () => {
  const gone = await emulator().openWorld();
  const watched = await watch(
    await departingGem(emulator()),
    '--mirror',
    gone.id,
    '--mirror-url',
    emulator().url,
  );
  await gone.drop();
  const [job] = (await (await emulator().control.world()).records('jobs')).records;
  const person = sending('POST', { ...ada, job_id: job?.id });
  const answer = await fetch(`${watched.url}/ats/v0/candidates/`, person);
  expect(answer.status).toBe(201);
  await answer.text();
  expect(await ofMirror(watched)).toEqual({
    lines: ['createCandidate not compared: because the mirror does not answer'],
    summary: '0 calls were held against the mirror, 0 differed, 1 could not be compared.',
  });
});

test('with a mirror as well a body of 10 MB passes as it comes, and each byte of it', async () => {
  const body = Buffer.from(Array.from({ length: 10 * 1024 * 1024 }, (_, index) => (index * 31) % 251));
  const begun = Promise.withResolvers<void>();
  const gem = createServer((request, response) => {
    if (request.url === '/_control') return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    if (request.method === 'POST') return void request.pipe(response);
    response.write(body.subarray(0, 1024));
    // The rest is sent once its beginning is there.
    void begun.promise.then(() => response.end(body.subarray(1024)));
  });
  await new Promise<void>((resolve) => gem.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void gem.close());
  const mirror = await emulator().openWorld();
  const { url } = await watch(
    `http://127.0.0.1:${(gem.address() as AddressInfo).port}`,
    '--mirror',
    mirror.id,
    '--mirror-url',
    emulator().url,
  );
  const parts: Uint8Array[] = [];
  for await (const part of (await fetch(`${url}/ats/v0/candidates/`)).body ?? []) {
    parts.push(part);
    begun.resolve();
  }
  expect(Buffer.concat(parts).equals(body)).toBe(true);
  // And so does one that is written, in both directions.
  const written = await fetch(`${url}/ats/v0/candidates/`, { method: 'POST', body });
  expect(Buffer.from(await written.arrayBuffer()).equals(body)).toBe(true);
});

test('a world that is not there, or an emulator, is told in one line, and nothing starts', async () => {
  const url = await departingGem(emulator());
  const noWorld = await (await watch(url, '--mirror', 'nobody', '--mirror-url', emulator().url)).stop();
  expect(noWorld.code).toBe(1);
  expect(noWorld.stderr).toMatch(
    /^mock-gem: the emulator at http\S+ has no world "nobody"; GET \S+ names .*\n$/,
  );
  const nothing = await (
    await watch(url, '--mirror', 'default', '--mirror-url', 'http://127.0.0.1:9')
  ).stop();
  expect(nothing.stderr).toMatch(/^mock-gem: nothing answers at \S+; .*--mirror-url where it is\n$/);
});

test('what differs is part of the report, and holds no value of anybody', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mirror-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const report = join(folder, 'seen.json');
  const watched = await mirrored(
    onWrites((body) => Object.assign(body, { last_name: 'Byron' })),
    '--json',
    report,
  );
  const { id } = await watched.send('POST', '/candidates/', {
    ...ada,
    job_id: await firstOf(watched.gem, 'jobs'),
  });
  const { stdout } = await watched.stop();
  const written = readFileSync(report, 'utf8');
  expect(JSON.parse(written)).toMatchObject({
    entries: expect.arrayContaining([
      expect.objectContaining({ name: 'mirror-createCandidate', state: 'broken', compared: 1 }),
    ]) as unknown,
  });
  const values = ['Ada', 'Lovelace', 'Byron', String(id), watched.mirror.key, watched.gem.key];
  expect(values.filter((value) => (written + stdout).includes(value))).toEqual([]);
});

/** What is called like an id, and names no record that a world holds by it. */
const named = {
  values: ['opening_id', 'external_event_id', 'employee_id', 'interview_id'],
  unknown: ['email_template_id', 'project_ids', 'vanity_url_path'],
};

test('of every id that a write can name it is known what it names', () => {
  const writes = [...gemDescription.operations.values()].filter(
    ({ method, isAnonymous }) => method !== 'get' && !isAnonymous,
  );
  const open = writes.flatMap(({ id, body, parameters }) => {
    const inBody = (body ? idsIn(body.schemaPointer) : []).filter((name) => !referenceTo(id, name, true));
    const inPath = parameters.filter((one) => one.in === 'path' && !referenceTo(id, one.name, false));
    return inBody.concat(inPath.map(({ name }) => name));
  });
  expect([...new Set(open)].toSorted()).toEqual([...named.values, ...named.unknown].toSorted());
});

function idsIn(pointer: string): string[] {
  const node = nodeAt(pointer);
  if (!node) return [];
  const reference = referenceOf(node);
  if (reference !== undefined) return idsIn(reference);
  const { properties } = node;
  const own = isNode(properties) ? Object.keys(properties) : [];
  return [
    ...own.filter((name) => isIdName(name)),
    ...own.flatMap((name) => idsIn(`${pointer}/properties/${name}`)),
    ...(node['items'] ? idsIn(`${pointer}/items`) : []),
    ...['oneOf', 'anyOf'].flatMap((keyword) =>
      [node[keyword] ?? []].flat().flatMap((_branch, index) => idsIn(`${pointer}/${keyword}/${index}`)),
    ),
  ];
}
