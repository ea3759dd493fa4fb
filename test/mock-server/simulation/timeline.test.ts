import { describe, expect, test } from 'vitest';
import { fc, test as property } from '@fast-check/vitest';
import { toInstant } from '../../../contracts/clock.ts';
import { defaultAnchor, type TimelineEntry } from '../../../seeds/index.ts';
import { read } from '../../support/gem.ts';
import { setScene } from '../lifecycle/support.ts';
import { makeWorld } from './make-world.ts';

describe('the timeline', () => {
  test('lets each edit happen at its own instant, before a request that comes later is answered', async () => {
    const scene = await setScene();
    const { timeline } = scene.gem.world;
    const at = '2026-11-20T09:30:00.000Z';
    const planned: TimelineEntry = { at, edit: { do: 'create', resource: 'offices', as: 'bergen' } };
    const created: TimelineEntry = {
      at: '2026-11-20T09:00:00.000Z',
      edit: { do: 'create', resource: 'candidates', as: 'ada' },
    };
    timeline.add(planned);
    timeline.add(created);
    expect(timeline.entries()).toEqual([created, planned]);
    scene.clock.set('2026-11-20T09:29:59.999Z');
    await read(scene.gem, '/ats/v0/offices/');
    expect(timeline.entries()).toEqual([planned]);
    scene.clock.set('2026-11-20T12:00:00.000Z');
    await read(scene.gem, '/ats/v0/offices/');
    expect(timeline.entries()).toEqual([]);
    const { labels } = scene.gem.world;
    expect(await scene.candidate(labels['ada']?.id ?? '')).toMatchObject({
      created_at: created.at,
      updated_at: created.at,
    });
    expect(scene.find('offices', ({ id }) => id === labels['bergen']?.id).created_at).toBe(at);
  });

  test('remembers what could not happen, and goes on', async () => {
    const { gem, clock } = await setScene();
    const { world } = gem;
    const edit = { do: 'advance', application: 'nobody' } as const;
    world.timeline.add({ at: '2026-11-20T08:01:00.000Z', edit });
    world.timeline.add({
      at: '2026-11-20T08:02:00.000Z',
      edit: { do: 'create', resource: 'offices', as: 'bergen' },
    });
    clock.set('2026-11-20T08:03:00.000Z');
    world.catchUp();
    expect(world.timeline.failures()).toEqual([
      { at: '2026-11-20T08:01:00.000Z', edit, message: expect.stringContaining('"nobody"') },
    ]);
    expect(world.labels).toHaveProperty('bergen');
  });

  test('refuses what has no instant', async () => {
    const { timeline } = (await setScene()).gem.world;
    const edit = { do: 'create', resource: 'offices' } as const;
    expect(() => timeline.add({ at: 'tomorrow', edit })).toThrow('"tomorrow" is no instant');
  });
});

const minutes = fc.nat({ max: 600 });

describe('recruiters, planned and simulated', () => {
  property.prop([fc.array(minutes, { maxLength: 12 }), fc.array(minutes, { maxLength: 8 }), fc.string()], {
    numRuns: 15,
  })('do the same in however many steps the clock gets there', (planned, stops, seed) => {
    const entries = planned.map((minute, index): TimelineEntry => ({
      at: instantAfter(minute),
      // Each second one has a label that is taken: failures are the same as well.
      edit: { do: 'create', resource: 'candidates', as: `planned-${Math.floor(index / 2)}` },
    }));
    const inSteps = (steps: readonly number[]) => {
      const { world, clock } = makeWorld();
      for (const entry of entries) world.timeline.add(entry);
      world.simulation.start({ perHour: 4, seed });
      for (const minute of [...steps].sort((one, other) => one - other)) {
        clock.set(instantAfter(minute));
        world.catchUp();
      }
      return { ...world.seed(), failures: world.timeline.failures(), state: world.simulation.state() };
    };
    const atOnce = inSteps([600]);
    expect(inSteps([...stops, 600])).toEqual(atOnce);
    expect(atOnce.timeline).toEqual([]);
  });
});

function instantAfter(minute: number): string {
  return toInstant(Date.parse(defaultAnchor) + minute * 60_000);
}
