import { expect, test } from 'vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import { refusalOf, still, throughBothDoors } from './steering.ts';

throughBothDoors((start) => {
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
});
