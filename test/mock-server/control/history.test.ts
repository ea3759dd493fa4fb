// What happened to records, and why.
import { describe, expect, test } from 'vitest';
import { historyBytes } from '../../../mock-server/world/history.ts';
import { isBroad } from '../../support/deep.ts';
import { startGem } from '../../support/gem.ts';
import { createNewcomer, living } from '../faults/support.ts';
import { refusalOf, still, throughBothDoors } from './steering.ts';

throughBothDoors((start) => {
  test('a record tells each change with its cause, and what was different', async () => {
    const { control } = await start();
    const world = await control.openWorld({ clock: still });
    await world.edit({ do: 'create', resource: 'jobs', as: 'my-job', set: { name: 'Engineer' } });
    const { id } = await world.record('jobs', 'my-job');
    await world.clock.advance('1 hour');
    await world.timeline.add({
      in: '1 minute',
      edit: { do: 'change', resource: 'jobs', record: 'my-job', set: { name: 'Builder' } },
    });
    await world.clock.advance('1 hour');
    const before = await world.history('jobs', 'my-job');
    await world.edit({ do: 'delete', resource: 'jobs', record: 'my-job' });
    expect(before).toMatchObject({ id, label: 'my-job', since: still.now, how: 'scenario', complete: true });
    const { entries } = await world.history('jobs', id);
    expect(entries).toMatchObject([
      { what: 'deleted', cause: { by: 'edit', edits: ['delete'] } },
      {
        at: '2026-11-20T09:01:00.000Z',
        what: 'changed',
        cause: { by: 'timeline' },
        fields: { name: { before: 'Engineer', after: 'Builder' } },
      },
      { at: still.now, what: 'created', cause: { by: 'edit' }, fields: { name: { after: 'Engineer' } } },
    ]);
    expect(entries[1]?.fields).not.toHaveProperty('id');
    expect((await refusalOf(world.history('jobs', 'my-jbo'))).status).toBe(404);
  });

  test('a request tells what it changed, and nothing of what others did', async () => {
    const { control } = await start();
    const world = await control.openWorld();
    const [job] = (await world.records('jobs')).records;
    await world.edit({ do: 'create', resource: 'candidates', as: 'ada' });
    const [user] = (await world.records('users')).records;
    await world.faults.arm({ fault: 'edit', edits: [{ do: 'create', resource: 'offices' }] });
    const { id } = await world.record('candidates', 'ada');
    const body = JSON.stringify({ user_id: user?.id, body: 'Good', visibility: 'public' });
    await world.fetch(`/ats/v0/candidates/${id}/activity_feed/notes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    await world.fetch(`/ats/v0/jobs/${job?.id}`);
    const changes = await world.requests.changes(1);
    expect(changes).toMatchObject({
      created: [{ resource: 'notes', record: { body: 'Good' } }],
      changed: [{ resource: 'candidates', id, label: 'ada' }],
      deleted: [],
    });
    expect(await world.requests.changes(2)).toEqual({ created: [], changed: [], deleted: [] });
    const [first] = (await world.history('candidates', 'ada')).entries;
    expect(first?.cause).toEqual({ by: 'request', request: 1, operation: 'createNote' });
    const offices = await world.records('offices');
    const made = await world.history('offices', offices.records.at(-1)?.id ?? '');
    expect(made.entries).toMatchObject([{ what: 'created', cause: { by: 'fault', fault: 'fault-1' } }]);
    expect((await refusalOf(world.requests.changes(3))).status).toBe(404);
    // The numbers begin at 1 again, and what an earlier request did is not told of the new one.
    await world.requests.clear();
    await world.fetch(`/ats/v0/jobs/${job?.id}`);
    expect(await world.requests.changes(1)).toEqual({ created: [], changed: [], deleted: [] });
    const { entries } = await world.history('candidates', id);
    expect(entries[0]?.cause).toMatchObject({ by: 'request', request: null });
  });

  test('a fork and a world from a document begin a history of their own, and say so', async () => {
    const { control } = await start();
    const world = await control.openWorld();
    await world.edit({ do: 'create', resource: 'jobs', as: 'my-job' });
    const fork = await world.fork();
    expect(await fork.history('jobs', 'my-job')).toMatchObject({ how: 'fork', entries: [], complete: true });
    await world.import(await world.export());
    expect(await world.history('jobs', 'my-job')).toMatchObject({ how: 'snapshot', entries: [] });
  });
});

describe('a history', () => {
  test('holds nothing of what was refused or taken back', async () => {
    const gem = await startGem({ switches: { assumptions: 'refuse' } });
    await createNewcomer(gem);
    const [, other] = living(gem, 'jobs').filter(({ status }) => status === 'open');
    expect((await createNewcomer(gem, { job_id: other?.id })).status).toBe(501);
    const { requests } = await gem.control.world();
    expect((await requests.changes(1)).created.length).toBe(2);
    expect(await requests.changes(2)).toEqual({ created: [], changed: [], deleted: [] });
    expect(gem.world.history.groups.length).toBe(1);
  });

  test.runIf(isBroad)('is bounded: the oldest is forgotten, and that is told', async () => {
    const gem = await startGem();
    const world = await gem.control.world();
    await createNewcomer(gem);
    const [job] = living(gem, 'jobs');
    const first = living(gem, 'candidates').at(-1);
    const set = { notes: 'x'.repeat(200_000) };
    for (let count = 0; count * 200_000 < historyBytes; count += 1) {
      gem.world.store.put('jobs', { ...gem.world.store.get('jobs', job?.id ?? ''), ...set } as never);
    }
    expect(await world.history('candidates', first?.id ?? '')).toMatchObject({
      complete: false,
      entries: [],
    });
    expect((await refusalOf(world.requests.changes(1))).message).toContain('forgotten by now');
    const { entries, complete } = await world.history('jobs', job?.id ?? '');
    expect([complete, entries.length < 3, gem.world.history.groups.length > 30]).toEqual([false, true, true]);
  });
});
