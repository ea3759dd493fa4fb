import { expect, test } from 'vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import { refusalOf, still, throughBothDoors } from './steering.ts';

throughBothDoors((start) => {
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
});
