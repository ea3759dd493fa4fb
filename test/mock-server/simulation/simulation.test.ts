import { describe, expect, test } from 'vitest';
import { createKit } from '../../../seeds/factories/kit.ts';
import { applyEdits } from '../../../mock-server/edits/apply-edits.ts';
import { activities, maxAtOnce } from '../../../mock-server/simulation/simulation.ts';
import { RecruiterView } from '../../../mock-server/simulation/recruiter-view.ts';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { read } from '../../support/gem.ts';
import { setScene } from '../lifecycle/support.ts';
import { makeWorld } from './make-world.ts';
import type { LiveWorld } from '../../../mock-server/worlds/live-world.ts';
import type { Worlds } from '../../../mock-server/worlds/worlds.ts';
import { expectFreshBytes, expectListings, expectReferences } from '../edits/laws.ts';

describe.each(activities.map((activity) => [activity.name, activity] as const))('%s', (_name, { plan }) => {
  test('is possible in a world that is at work, and then does something', () => {
    const world = worldAtWork();
    // A plan looks at part of the world only; now and then there is nothing to do in it.
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const { chance } = createKit(`attempt ${attempt}`, world.now(), world.identifiers);
      const edits = plan(new RecruiterView(world, chance));
      if (!edits) continue;
      const mark = world.marks.mark();
      applyEdits(world, edits);
      const { created, changed, deleted } = world.marks.changesSince(mark);
      expect(created.length + changed.length + deleted.length).toBeGreaterThan(0);
      return;
    }
    expect.unreachable('nothing was ever possible');
  });
});

/** A world in which some candidates have reached the end, interviews are over, posts are off and an offer is open. */
function worldAtWork(): LiveWorld {
  if (!shared) {
    const { world, worlds, clock } = makeWorld();
    world.simulation.play({ events: 60, seed: 'at work' });
    const active = world.store
      .records()
      .applications.find((one) => one.status === 'active' && !one.deleted_at);
    applyEdits(world, [{ do: 'create', resource: 'offers', set: { application_id: active?.id } }]);
    clock.set('2026-12-01T08:00:00.000Z');
    shared = { world, worlds };
  }
  return shared.worlds.fork('F'.repeat(40), shared.world);
}

let shared: { world: LiveWorld; worlds: Worlds } | undefined;

describe('simulated recruiters', () => {
  test('keep all that holds in any world', async () => {
    const { gem, clock } = await setScene();
    for (let day = 0; day < 5; day += 1) {
      gem.world.simulation.play({ events: 40 });
      clock.advance(24 * 60 * 60_000);
    }
    expectReferences(gem.world);
    expectFreshBytes(gem.world);
    await expectListings(gem);
    const { created, changed } = gem.world.marks.changesSince();
    const kinds = new Set([...created, ...changed].map(({ resource }) => resource));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['candidates', 'applications', 'scheduled_interviews']),
    );
  });

  test('show in the change feed at the time at which they worked', async () => {
    const { gem, clock } = await setScene();
    gem.world.simulation.start({ perHour: 10, seed: 'feed' });
    clock.advance(2 * 60 * 60_000);
    const feed = '/ats/v0/candidates/?updated_after=2026-11-20T08:00:00.001Z';
    const moved = await read<GemSchemas['Candidate'][]>(gem, feed);
    expect(moved.length).toBeGreaterThan(3);
    const times = new Set(moved.map(({ updated_at }) => updated_at));
    expect(times.size).toBeGreaterThan(3);
    expect([...times].every((time) => time !== null && time <= '2026-11-20T10:00:00.000Z')).toBe(true);
  });

  test('work at about the rate that was asked for, and no longer once they are sent home', async () => {
    const { gem, clock } = await setScene();
    const { simulation } = gem.world;
    expect(simulation.state()).toBeUndefined();
    simulation.start({ perHour: 30, seed: 'rate' });
    clock.advance(10 * 60 * 60_000);
    gem.world.catchUp();
    const played = simulation.state()?.played ?? 0;
    // Four standard deviations around 300, and the seed is always the same.
    expect(Math.abs(played - 300)).toBeLessThan(70);
    simulation.stop();
    const before = gem.world.store.records();
    clock.advance(10 * 60 * 60_000);
    gem.world.catchUp();
    expect(gem.world.store.records()).toEqual(before);
  });

  test('do other things by another seed, the same by the same, and go home when the world begins anew', async () => {
    const { gem } = await setScene();
    const { world } = gem;
    const play = (seed: string) => {
      world.reset();
      return world.simulation.play({ events: 15, seed });
    };
    const first = play('one');
    expect(play('two')).not.toEqual(first);
    expect(play('one')).toEqual(first);
    world.simulation.start({ perHour: 5 });
    world.reset();
    expect(world.simulation.state()).toBeUndefined();
  });

  test('leave out what nobody could wait for, and say how much', async () => {
    const { gem, clock } = await setScene();
    const { simulation } = gem.world;
    simulation.start({ perHour: 10, seed: 'late' });
    // What is due is counted here, not played: the plan alone decides it.
    clock.advance((maxAtOnce / 10 + 1000) * 60 * 60_000);
    const before = simulation.state()?.nextAt ?? 0;
    simulation.plan();
    const state = simulation.state();
    expect(state?.leftOut).toBeGreaterThan(9_900);
    expect(state?.leftOut).toBeLessThanOrEqual(10_001);
    const hoursLeft = (gem.world.clock.now() - (state?.nextAt ?? 0)) / (60 * 60_000);
    expect(hoursLeft).toBeLessThanOrEqual(maxAtOnce / 10);
    expect(hoursLeft).toBeGreaterThan(maxAtOnce / 10 - 1);
    expect(state?.nextAt).toBeGreaterThan(before);
  });

  test.each([0, -1, Number.NaN, Infinity])('do not work at a rate of %s', async (perHour) => {
    const { simulation } = (await setScene()).gem.world;
    expect(() => simulation.start({ perHour })).toThrow('is no rate');
  });

  test('of nobody at all start with somebody new, or open a job', async () => {
    const { gem } = await setScene({ scenario: 'empty' });
    const outcomes = gem.world.simulation.play({ events: 5 });
    expect(outcomes.length).toBeGreaterThan(0);
    expectReferences(gem.world);
  });
});
