import { expect, test } from 'vitest';
import type { ScenarioReference } from '../../../seeds/index.ts';
import { refusalOf, throughBothDoors } from './steering.ts';

throughBothDoors((start) => {
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
      control.openWorld({ scenario: scenario?.name as ScenarioReference, parameters: { nonsense: 1 } }),
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
});
