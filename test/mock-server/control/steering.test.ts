import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import {
  connectToMockGem,
  ControlRefused,
  type MockGemControl,
} from '../../../mock-server/control/client.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { startGem } from '../../support/gem.ts';

const still = { now: '2026-11-20T08:00:00.000Z', frozen: true };

// The same sentences hold for both doors.
describe.each<[string, (gem: MockGem) => MockGemControl]>([
  ['over HTTP', ({ url }) => connectToMockGem(url)],
  ['in the same process', ({ control }) => control],
])('%s', (_door, enter) => {
  async function start(options = {}) {
    const gem = await startGem(options);
    return { gem, control: enter(gem) };
  }

  test('a new world has a key of its own that opens it', async () => {
    const { control } = await start();
    const [one, other] = [await control.openWorld({ scenario: 'empty' }), await control.openWorld()];
    expect(one.key).toMatch(/^[a-z0-9]{40}$/);
    expect(one.key).not.toBe(other.key);
    expect(await (await one.fetch('/ats/v0/jobs/')).json()).toEqual([]);
    expect(await (await other.fetch('/ats/v0/jobs/')).json()).not.toEqual([]);
  });

  test('a world is made as it was ordered, and a reset brings it back to there', async () => {
    const { control } = await start();
    const clock = { now: '2026-12-01T08:00:00.000Z', frozen: true };
    const world = await control.openWorld({
      scenario: 'empty',
      seed: 'another',
      switches: { checking: 'lenient' },
      clock,
    });
    const made = await world.state();
    expect(made).toMatchObject({
      recipe: { scenario: 'empty', seed: 'another' },
      switches: { checking: 'lenient', rate_limit: 'off' },
      clock: { now: clock.now, state: 'frozen' },
      requests: 0,
      is_first: false,
    });
    await world.clock.advance('3 days');
    await world.clock.resume();
    await world.choose({ checking: 'strict', rate_limit: { per_second: 1, burst: 1 } });
    await world.edit({ do: 'create', resource: 'jobs', as: 'a-job' });
    await world.faults.arm({ fault: 'status', status: 503 });
    await world.fetch('/ats/v0/jobs/');
    await world.reset();
    const { used_at: _used, ...again } = await world.state();
    expect(made).toMatchObject(again);
    expect(await world.faults.list()).toEqual([]);
    expect(await world.labels()).not.toHaveProperty('a-job');
    expect(await world.requests.list()).toEqual([]);
  });

  test('a scenario document stands in place of a scenario, and its mistakes are told with their places', async () => {
    const { control } = await start();
    const document =
      'purpose: one job\nextends: empty\nrecords:\n  jobs:\n    - as: welder\n      name: Welder\n';
    const world = await control.openWorld({ document });
    expect((await world.record('jobs', 'welder')).record).toMatchObject({ name: 'Welder' });
    await world.reset();
    expect(Object.keys(await world.labels())).toContain('welder');
    const refused = await refusalOf(control.openWorld({ document: document.replace('Welder', '[7]') }));
    expect(refused).toMatchObject({ status: 422, problems: [{ path: 'body.document' }] });
    expect(refused.problems[0]?.message).toMatch(/document:6/);
  });

  test('parameters are held to those of the scenario', async () => {
    const { control } = await start();
    const scenario = (await control.scenarios()).find(({ parameters }) => parameters.length > 0);
    expect(scenario).toBeDefined();
    const refused = await refusalOf(
      control.openWorld({ scenario: scenario?.name ?? '', parameters: { nonsense: 1 } }),
    );
    expect(refused).toMatchObject({ status: 422, problems: [{ path: 'body.parameters' }] });
  });

  test('no file of the machine is read because somebody asks for it as a scenario', async () => {
    const { control } = await start();
    const refused = await refusalOf(control.openWorld({ scenario: './package.json.yaml' }));
    expect(refused).toMatchObject({ status: 422, problems: [{ path: 'body.scenario' }] });
    const document = 'purpose: steals\nextends: ../etc/passwd\n';
    expect((await refusalOf(control.openWorld({ document }))).message).toContain('by their names');
  });

  test('edits happen all or not at all, and what they did can be read', async () => {
    const { control } = await start();
    const world = await control.openWorld({ scenario: 'empty' });
    await world.mark('before');
    const outcomes = await world.edit(
      { do: 'create', resource: 'jobs', as: 'a-job', set: { name: 'Welder' } },
      { do: 'close', resource: 'jobs', record: 'a-job' },
    );
    expect(outcomes.map(({ do: what, label }) => [what, label])).toEqual([
      ['create', 'a-job'],
      ['close', 'a-job'],
    ]);
    const { record } = await world.record('jobs', 'a-job');
    expect(record).toMatchObject({ name: 'Welder', status: 'closed' });
    const changes = await world.changes('before');
    expect(changes.created.filter(({ resource }) => resource === 'jobs')).toMatchObject([{ label: 'a-job' }]);

    expect(await refusalOf(world.mark('start'))).toMatchObject({ status: 422 });
    expect((await refusalOf(world.changes('befor'))).message).toContain('did you mean "before"?');
    await world.mark('after');
    const refused = await refusalOf(
      world.edit(
        { do: 'create', resource: 'jobs', as: 'second' },
        { do: 'close', resource: 'jobs', record: 'a-jop' },
      ),
    );
    expect(refused.status).toBe(422);
    expect(refused.problems[0]?.path).toMatch(/^body\.edits\.1/);
    expect(refused.message).toContain('a-job');
    expect(await world.changes('after')).toEqual({ created: [], changed: [], deleted: [] });
  });

  test('records are listed in pages and found by id or label; a wrong name is helped', async () => {
    const { gem, control } = await start();
    const world = await control.world();
    const page = await world.records('candidates', { page: 2, per_page: 3 });
    expect(page).toMatchObject({
      total: gem.world.store.collection('candidates').size,
      page: 2,
      per_page: 3,
    });
    const [first] = page.records;
    expect(await world.record('candidates', first?.id ?? '')).toEqual(first);
    const refused = await refusalOf(world.record('jobs', first?.id ?? ''));
    expect(refused).toMatchObject({ status: 404 });
    expect(refused.message).toContain('it is one of the candidates');
  });

  test('the clock stops, moves and runs on, backwards too', async () => {
    const { control } = await start({ clock: fixedClock('2026-11-20T08:00:00Z') });
    const { clock } = await control.openWorld();
    expect(await clock.read()).toEqual({ now: '2026-11-20T08:00:00.000Z', state: 'running' });
    expect(await clock.advance('1 day 12 hours')).toMatchObject({ now: '2026-11-21T20:00:00.000Z' });
    expect(await clock.freeze()).toMatchObject({ state: 'frozen' });
    expect(await clock.set('2026-11-01T00:00:00Z')).toEqual({
      now: '2026-11-01T00:00:00.000Z',
      state: 'frozen',
    });
    expect(await clock.resume()).toEqual({ now: '2026-11-01T00:00:00.000Z', state: 'running' });
    expect((await refusalOf(clock.advance('1 fortnight'))).problems[0]?.path).toBe('body.advance');
    expect((await refusalOf(clock.advance('9999999 weeks'))).status).toBe(422);
  });

  test('what is planned happens when the clock has come so far, at its own time', async () => {
    const { control } = await start();
    const world = await control.openWorld({
      scenario: 'empty',
      clock: { now: '2026-12-01T00:00:00Z', frozen: true },
    });
    const planned = await world.timeline.add({
      in: '2 days',
      edit: { do: 'create', resource: 'jobs', as: 'later' },
    });
    expect(planned.waiting).toMatchObject([{ at: '2026-12-03T00:00:00.000Z' }]);
    await world.clock.advance('1 day');
    expect((await refusalOf(world.record('jobs', 'later'))).status).toBe(404);
    await world.clock.advance('1 week');
    const { record } = await world.record('jobs', 'later');
    expect(record).toMatchObject({ created_at: '2026-12-03T00:00:00.000Z' });
    expect(await world.timeline.read()).toEqual({ waiting: [], failures: [] });
    const both = {
      at: '2026-12-24T00:00:00Z',
      in: '1 day',
      edit: { do: 'create', resource: 'jobs' } as const,
    };
    expect((await refusalOf(world.timeline.add(both))).problems[0]?.path).toBe('body.entries.0');
  });

  test('recruiters work while the clock goes on, or at once', async () => {
    const { control } = await start();
    const world = await control.openWorld({ clock: still });
    expect(await world.simulation.read()).toMatchObject({ running: false });
    await world.mark('quiet');
    expect(await world.simulation.start(60)).toMatchObject({ running: true, per_hour: 60 });
    await world.clock.advance('3 hours');
    const { created, changed } = await world.changes('quiet');
    expect(created.length + changed.length).toBeGreaterThan(20);
    await world.simulation.stop();
    await world.mark('stopped');
    await world.clock.advance('3 hours');
    expect(await world.changes('stopped')).toEqual({ created: [], changed: [], deleted: [] });
    expect(await world.simulation.play(5)).not.toHaveLength(0);
  });

  test('a fault strikes in its world, is listed and disarmed', async () => {
    const { control } = await start();
    const [world, other] = [await control.openWorld(), await control.openWorld()];
    const { id } = await world.faults.arm({
      fault: 'status',
      status: 503,
      match: { operation: 'listJobs' },
      times: 'always',
    });
    expect((await world.fetch('/ats/v0/jobs/')).status).toBe(503);
    expect((await other.fetch('/ats/v0/jobs/')).status).toBe(200);
    expect(await world.faults.list()).toMatchObject([{ id, matched: 1, struck: 1 }]);
    await world.faults.disarm(id);
    expect((await world.fetch('/ats/v0/jobs/')).status).toBe(200);
    expect((await refusalOf(world.faults.disarm('fault-99'))).status).toBe(404);
  });

  test('a limit can be set, and taken back', async () => {
    const { control } = await start();
    const world = await control.openWorld({ clock: still });
    await world.choose({ rate_limit: { per_second: 1, burst: 2 } });
    const statuses = async () => {
      const answers = [];
      for (let asked = 0; asked < 3; asked += 1) answers.push((await world.fetch('/ats/v0/offices')).status);
      return answers;
    };
    expect(await statuses()).toEqual([200, 200, 429]);
    await world.clock.advance('1 second');
    expect(await statuses()).toEqual([200, 429, 429]);
    await world.choose({ rate_limit: 'off' });
    expect(await statuses()).toEqual([200, 200, 200]);
  });

  test('requests are found by what they were like, and forgotten', async () => {
    const { control } = await start();
    const world = await control.openWorld();
    await world.fetch('/ats/v0/jobs/?page=2');
    await world.fetch('/ats/v0/nowhere');
    expect(await world.requests.find({ operation: 'listJobs', page: 2 })).toMatchObject({ count: 1 });
    const { count, near_misses } = await world.requests.find({ operation: 'listJobs', page: 3 });
    expect([count, near_misses.length]).toEqual([0, 1]);
    expect((await world.requests.list()).map(({ status }) => status)).toEqual([200, 404]);
    expect((await world.requests.list(1)).map(({ number }) => number)).toEqual([2]);
    await world.requests.clear();
    expect(await world.requests.list()).toEqual([]);
  });

  test('what comes with an unknown key is remembered apart', async () => {
    const { gem, control } = await start();
    await fetch(`${gem.url}/ats/v0/jobs/`, { headers: { 'X-API-Key': 'too-short' } });
    expect(await control.strangers()).toMatchObject([{ path: '/ats/v0/jobs/', status: 403 }]);
    await control.call('clearStrangers');
    expect(await control.strangers()).toEqual([]);
  });

  test('a fork goes its own way; a dropped world is an unknown key again', async () => {
    const { control } = await start();
    const world = await control.openWorld({ scenario: 'empty' });
    await world.edit({ do: 'create', resource: 'jobs', as: 'shared' });
    const fork = await world.fork();
    await fork.edit({ do: 'create', resource: 'jobs', as: 'own' });
    expect(Object.keys(await fork.labels())).toEqual(expect.arrayContaining(['shared', 'own']));
    expect(await world.labels()).not.toHaveProperty('own');
    expect((await control.worlds()).map(({ key }) => key)).toContain(fork.key);
    await fork.drop();
    expect((await control.worlds()).map(({ key }) => key)).not.toContain(fork.key);
    expect((await refusalOf(control.world(fork.key))).status).toBe(404);
  });

  test('the first world stays, and a world is not forked into itself', async () => {
    const { control } = await start();
    const first = await control.world();
    expect(await refusalOf(first.drop())).toMatchObject({ status: 409 });
    expect(await refusalOf(first.fork(first.key))).toMatchObject({ status: 422 });
    expect((await control.server()).worlds).toBe(1);
  });

  test('a world leaves as one document and comes back the same, under a new key too', async () => {
    const { control } = await start();
    const world = await control.openWorld({ clock: still });
    await world.edit({ do: 'create', resource: 'jobs', as: 'a-job' });
    await world.clock.advance('1 day');
    const document = await world.export();
    await world.edit({ do: 'delete', resource: 'jobs', record: 'a-job' });
    await world.import(document);
    expect(await world.export()).toEqual(document);
    const key = 'N'.repeat(40);
    await control.call('importWorld', { path: { world: key }, body: document });
    const copy = await control.world(key);
    expect(await copy.export()).toEqual(document);
    // Both go on with the same next id.
    const [one, two] = [
      await world.edit({ do: 'create', resource: 'jobs' }),
      await copy.edit({ do: 'create', resource: 'jobs' }),
    ];
    expect(one).toEqual(two);
  });

  test('a document is refused whole when something in it refers to what is not there', async () => {
    const { control } = await start();
    const world = await control.openWorld();
    const document = await world.export();
    const [application] = document.records.applications;
    if (application) application.candidate_id = 'nobody';
    const refused = await refusalOf(world.import(document));
    expect(refused.problems).toEqual([
      {
        path: 'records.applications.0.candidate_id',
        message: 'there is no nobody among the candidates',
      },
    ]);
    expect((await world.export()).records.applications[0]?.candidate_id).not.toBe('nobody');
  });

  test('a snapshot is kept by name, loaded into any key, and deleted', async () => {
    const { control } = await start({ clock: fixedClock('2026-11-20T08:00:00Z') });
    const world = await control.openWorld({ scenario: 'empty' });
    await world.edit({ do: 'create', resource: 'jobs', as: 'kept' });
    const { bytes } = await world.save('my-state');
    expect(await control.snapshots()).toEqual([
      { name: 'my-state', bytes, saved_at: '2026-11-20T08:00:00.000Z' },
    ]);
    await world.edit({ do: 'delete', resource: 'jobs', record: 'kept' });
    const loaded = await control.loadSnapshot('my-state');
    expect((await loaded.record('jobs', 'kept')).record).toMatchObject({ deleted_at: null });
    await control.deleteSnapshot('my-state');
    expect(await control.snapshots()).toEqual([]);
    expect((await refusalOf(control.loadSnapshot('my-state'))).status).toBe(404);
    for (const name of ['../escape', 'A', '.hidden', 'a/b', ''])
      expect((await refusalOf(world.save(name))).status, name).toBeGreaterThan(400);
  });

  test('unknown words are answered with the nearest right one', async () => {
    const { control } = await start();
    const world = await control.openWorld();
    const wrong = [
      [() => control.openWorld({ senario: 'empty' } as never), 'did you mean "scenario"?'],
      [() => control.openWorld({ scenario: 'emty' }), 'did you mean "empty"?'],
      [() => world.edit({ do: 'creat', resource: 'jobs' } as never), 'did you mean "create"?'],
      [() => world.faults.arm({ fault: 'latncy' } as never), 'did you mean "latency"?'],
      [() => world.choose({ cheking: 'strict' } as never), 'did you mean "checking"?'],
      [() => world.choose({ checking: 'stric' } as never), 'did you mean "strict"?'],
      [() => world.records('candidate' as never), 'did you mean "candidates"?'],
    ] satisfies [() => Promise<unknown>, string][];
    for (const [call, advice] of wrong) expect((await refusalOf(call())).message).toContain(advice);
  });
});

test('what the in-process door gives is a copy: changing it changes no world', async () => {
  const gem = await startGem();
  const world = await gem.openWorld();
  const { records } = await world.records('jobs');
  for (const { record } of records)
    Object.assign(record['hiring_team'] as object, { recruiters: ['Spoilt'] });
  expect(JSON.stringify(await world.records('jobs'))).not.toContain('Spoilt');
});

async function refusalOf(work: Promise<unknown>): Promise<ControlRefused> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ControlRefused) return error;
  throw new Error('it was not refused', { cause: error });
}
