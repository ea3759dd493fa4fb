import { expect, test } from 'vitest';
import { startGem } from '../../support/gem.ts';
import { refusalOf, throughBothDoors } from './steering.ts';

throughBothDoors((start) => {
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
    // What is made later is not between the two.
    await world.edit({ do: 'create', resource: 'offices' });
    expect(await world.changes('before', 'after')).toEqual(changes);
    expect((await world.changes('after', 'before')).created).toEqual([]);
    expect((await refusalOf(world.changes('before', 'aftr'))).message).toContain('did you mean "after"?');
    expect(await world.marks()).toEqual(['start', 'before', 'after']);
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

  test('unknown words are answered with the nearest right one', async () => {
    const { control } = await start();
    const world = await control.openWorld();
    const wrong = [
      [() => control.openWorld({ senario: 'empty' } as never), 'did you mean "scenario"?'],
      [() => control.openWorld({ scenario: 'emty' } as never), 'did you mean "empty"?'],
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
