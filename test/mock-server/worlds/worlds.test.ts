import { expect, test } from 'vitest';
import request from 'supertest';
import type { ControlSchemas } from '../../../contracts/control.ts';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { fixedClock } from '../../../contracts/clock.ts';
import type { SteeredWorld } from '../../../mock-server/control/client.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { isDeep } from '../../support/deep.ts';
import { startGem } from '../../support/gem.ts';
import { freePort } from '../../bench/cold-start.ts';
import { ask } from '../faults/support.ts';

const keys = ['A', 'B', 'C'].map((letter) => letter.repeat(40));

test('what is written into one world is not seen in another', async () => {
  const gem = await startGem();
  const [writer = '', ...others] = keys;
  const before = await Promise.all(keys.map((key) => dump(gem, key)));
  expect(new Set(before.map((text) => text.replaceAll(/http:[^"]*/g, ''))).size).toBe(1);
  await createIn(gem, writer);
  const after = await Promise.all(keys.map((key) => dump(gem, key)));
  expect(after[0]).not.toBe(before[0]);
  expect(after.slice(1)).toEqual(before.slice(1));
  expect(others).toHaveLength(2);
});

test('a request that comes while a large first world is made waits for it, and what needs no world is answered', async () => {
  const port = await freePort();
  const parameters = { candidates: 1001 };
  const starting = startGem({ port, scenario: 'large', parameters, checkAnswers: false });
  const description = () => fetch(`http://127.0.0.1:${port}/openapi.json`).catch(() => undefined);
  while ((await description()) === undefined);
  const answered: string[] = [];
  const headers = { 'X-API-Key': keys[0] ?? '' };
  const list = async () => {
    const { status } = await fetch(`http://127.0.0.1:${port}/ats/v0/candidates/`, { headers });
    answered.push(`list ${status}`);
  };
  const listed = list();
  // It has long come in when the last of them is answered.
  for (let times = 0; times < 5; times += 1) await description();
  answered.push('description');
  await Promise.all([listed, starting]);
  expect(answered).toEqual(['description', 'list 200']);
});

test('two worlds that write the same thing hold the same, but never each other’s links', async () => {
  const gem = await startGem();
  const [one = '', other = ''] = keys;
  const [first, second] = [await createIn(gem, one), await createIn(gem, other)];
  expect(first.id).toBe(second.id);
  const [link = '', otherLink = ''] = [first, second].map(({ attachments }) => attachments[0]?.url);
  expect(link).not.toBe(otherLink);
  expect(await (await fetch(link)).text()).toBe('%PDF-1.4');
  expect(await (await fetch(otherLink)).text()).toBe('%PDF-1.4');
});

test('a name that thousands of records carry is new in all of them, and only in the world where it was changed', async () => {
  const gem = await startGem({ checkAnswers: false });
  const world = await gem.control.openWorld();
  const [job] = (await world.records('jobs')).records;
  // More than are renewed one by one.
  const edits: ControlSchemas['Edit'][] = [];
  for (let count = 0; count < 2100; count += 1) {
    const as = `person-${count}`;
    edits.push({ do: 'create', resource: 'candidates', as });
    edits.push({ do: 'create', resource: 'applications', set: { job_id: job?.id, candidate_id: as } });
  }
  await world.edit(...edits);
  const namesOfJob = async (key: string) => {
    const names = new Map<string, number>();
    for (let page = 1; ; page += 1) {
      const path = `/ats/v0/applications/?job_id=${job?.id}&per_page=500&page=${page}`;
      const applications = JSON.parse((await ask(gem, path, { key })).text) as GemSchemas['Application'][];
      if (applications.length === 0) return [...names];
      for (const { jobs } of applications) {
        for (const { name } of jobs) names.set(name, (names.get(name) ?? 0) + 1);
      }
    }
  };
  const before = await namesOfJob(world.key);
  const fork = await world.fork();
  await world.edit({ do: 'change', resource: 'jobs', record: job?.id ?? '', set: { name: 'Renamed' } });
  expect(await namesOfJob(world.key)).toEqual(before.map(([, count]) => ['Renamed', count]));
  expect(await namesOfJob(fork.key)).toEqual(before);
});

test('a world made anew starts from its scenario again', async () => {
  const gem = await startGem();
  const [key = ''] = keys;
  const before = await dump(gem, key);
  await createIn(gem, key);
  gem.createWorld(key);
  expect(await dump(gem, key)).toBe(before);
});

test('a world can start from another scenario', async () => {
  const gem = await startGem();
  const [key = ''] = keys;
  gem.createWorld(key, { scenario: 'empty' });
  const response = await request(gem.url).get('/ats/v0/jobs/').set('X-API-Key', key);
  expect(response.body).toEqual([]);
});

test('nothing of a world shows in another: records, clock, faults, requests, limits, labels, marks', async () => {
  const gem = await startGem();
  const [busy, calm] = [await gem.openWorld({ clock: still }), await gem.openWorld({ clock: still })];
  const before = await stateOf(calm);
  await busy.edit({ do: 'create', resource: 'jobs', as: 'own' });
  await busy.clock.advance('1 week');
  await busy.faults.arm({ fault: 'status', status: 500, times: 'always' });
  await busy.choose({ rate_limit: { per_second: 1, burst: 1 }, list_order: 'newest_first' });
  await busy.mark('own');
  await busy.fetch('/ats/v0/jobs/');
  expect(await stateOf(calm)).toEqual(before);
  await expect(calm.changes('own')).rejects.toThrow('no mark is called "own"');
});

test('a fork starts as its original is now, clock and switches included, and a reset brings it back to there', async () => {
  const gem = await startGem();
  const world = await gem.openWorld({ scenario: 'empty', clock: still });
  await world.choose({ checking: 'lenient' });
  await world.clock.advance('1 day');
  await world.edit({ do: 'create', resource: 'jobs', as: 'shared' });
  await world.simulation.start(1);
  const fork = await world.fork();
  const begun = await fork.export();
  expect(begun).toEqual(await world.export());
  await fork.clock.advance('1 week');
  await fork.edit({ do: 'delete', resource: 'jobs', record: 'shared' });
  await fork.reset();
  expect(await fork.export()).toEqual(begun);
});

test('worlds that nobody asks for expire by the server’s clock, but never the first one', async () => {
  const clock = fixedClock('2026-11-20T08:00:00Z');
  const gem = await startGem({ clock, idleSeconds: 3600 });
  const [used = '', idle = '', looked = ''] = keys;
  for (const key of keys) gem.createWorld(key);
  clock.advance(50 * 60_000);
  await request(gem.url).get('/ats/v0/offices').set('X-API-Key', used);
  await gem.control.world(looked);
  clock.advance(50 * 60_000);
  expect((await gem.control.worlds()).map(({ key }) => key)).toEqual([gem.apiKey, used, looked]);
  clock.advance(7 * 24 * 3600_000);
  expect((await gem.control.worlds()).map(({ key }) => key)).toEqual([gem.apiKey]);
  await expect(gem.control.world(idle)).rejects.toThrow('There is no world');
});

test('an idle world is gone even when nobody looks at the list', async () => {
  const clock = fixedClock('2026-11-20T08:00:00Z');
  const gem = await startGem({ clock, idleSeconds: 3600 });
  const [key = ''] = keys;
  const created = await createIn(gem, key);
  clock.advance(2 * 3600_000);
  await request(gem.url).get('/ats/v0/offices').set('X-API-Key', gem.apiKey);
  const { status } = await request(gem.url).get(`/ats/v0/candidates/${created.id}`).set('X-API-Key', key);
  // The key opens a fresh world, which does not know the candidate.
  expect(status).toBe(404);
});

test('the public board and the links of a world count as use', async () => {
  const clock = fixedClock('2026-11-20T08:00:00Z');
  const gem = await startGem({ clock, idleSeconds: 3600 });
  const [key = '', other = ''] = keys;
  const { attachments } = await createIn(gem, key);
  gem.createWorld(other, { scenario: 'empty' });
  clock.advance(50 * 60_000);
  await fetch(attachments[0]?.url ?? '');
  await fetch(`${gem.url}/job_board/v0/first-day/job_posts/`);
  clock.advance(50 * 60_000);
  expect((await gem.control.worlds()).map((world) => world.key)).toEqual([gem.apiKey, key, other]);
});

/** As many as a busy server has; a deep run opens five hundred. */
const many = isDeep ? 500 : 100;

test(`${many} worlds are used at once without an error, and none sees what another holds`, async () => {
  const gem = await startGem({ checkAnswers: false });
  const everyone = Array.from({ length: many }, (_, number) => `${number}`.padStart(40, 'w'));
  const seen = await Promise.all(everyone.map((key) => visit(gem, key)));
  expect(seen).toEqual(everyone.map((key) => [`${key}@example.com`]));
  expect((await gem.control.server()).worlds).toBe(many + 1);
  // Each world remembers the four requests of its own client, and no others.
  const worlds = await Promise.all(
    everyone.map((key) => gem.control.call('getWorld', { path: { world: key } })),
  );
  expect(new Set(worlds.map(({ requests }) => requests))).toEqual(new Set([4]));
});

/** Writes and reads as one client among many; tells which addresses of clients it finds. */
async function visit(gem: MockGem, key: string): Promise<string[]> {
  const ask = async <Body>(path: string, init: RequestInit = {}) => {
    const headers = { 'X-API-Key': key, 'Content-Type': 'application/json' };
    const response = await fetch(`${gem.url}${path}`, { ...init, headers });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return (await response.json()) as Body;
  };
  const [job] = await ask<GemSchemas['Job'][]>('/ats/v0/jobs/?status=open&per_page=1');
  const body = JSON.stringify({
    first_name: 'Client',
    last_name: key,
    email: `${key}@example.com`,
    job_id: job?.id,
  });
  const { id } = await ask<GemSchemas['Candidate']>('/ats/v0/candidates/', { method: 'POST', body });
  await ask(`/ats/v0/candidates/${id}`);
  const all = await ask<GemSchemas['Candidate'][]>('/ats/v0/candidates/?per_page=500');
  return all
    .flatMap((candidate) => candidate.email_addresses.map(({ value }) => value))
    .filter((address) => /^w+\d+@/.test(address));
}

const still = { now: '2026-12-01T08:00:00.000Z', frozen: true };

async function stateOf(world: SteeredWorld): Promise<unknown> {
  const { used_at: _used, ...state } = await world.state();
  const [faults, requests, document] = [
    await world.faults.list(),
    await world.requests.list(),
    await world.export(),
  ];
  return { state, faults, requests, document };
}

async function dump(gem: MockGem, key: string): Promise<string> {
  const paths = ['candidates', 'applications', 'jobs'].map((name) => `/ats/v0/${name}/?per_page=500`);
  const texts = await Promise.all(
    paths.map(async (path) => (await request(gem.url).get(path).set('X-API-Key', key)).text),
  );
  return texts.join('\n');
}

async function createIn(gem: MockGem, key: string): Promise<GemSchemas['Candidate']> {
  const jobs = (await request(gem.url).get('/ats/v0/jobs/?status=open').set('X-API-Key', key))
    .body as GemSchemas['Job'][];
  const response = await request(gem.url)
    .post('/ats/v0/candidates/')
    .set('X-API-Key', key)
    .send({
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: 'ada@example.com',
      job_id: jobs[0]?.id,
      attachments: [
        { filename: 'cv.pdf', type: 'resume', content: Buffer.from('%PDF-1.4').toString('base64') },
      ],
    });
  expect(response.status).toBe(201);
  return response.body as GemSchemas['Candidate'];
}
