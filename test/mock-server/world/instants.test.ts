// An instant has one form, however it enters, and bounds compare instants.
import { describe, expect, onTestFinished, test } from 'vitest';
import { firstInstant, lastInstant, toInstant } from '../../../contracts/clock.ts';
import { ControlRefused } from '../../../mock-server/control/call.ts';
import { readInstant } from '../../../mock-server/cli/arguments.ts';
import { read, startGem } from '../../support/gem.ts';

const forms = [
  '2026-01-01T00:30:00+02:00',
  '2025-12-31T22:30:00Z',
  '2025-12-31t22:30:00.0000009z',
  '2025-12-31T17:30:00.000-05:00',
];
const told = '2025-12-31T22:30:00.000Z';

test.each(forms)(
  '%s is told in UTC with milliseconds, from edits, faults, timelines and imports',
  async (form) => {
    const gem = await startGem();
    const world = await gem.control.openWorld({ clock: { now: '2026-02-01T00:00:00Z', frozen: true } });
    const edit = (as: string) =>
      ({ do: 'create', resource: 'candidates', as, set: { created_at: form } }) as const;
    await world.edit(edit('edited'));
    await world.timeline.add({ at: form, edit: edit('planned') });
    const saved = await world.export();
    for (const candidate of saved.records.candidates)
      if (candidate.created_at === told) candidate.updated_at = form;
    await gem.control.call('importWorld', {
      path: { world: world.key },
      body: { ...saved, clock: { state: 'frozen', now: form }, recipe: { ...saved.recipe, anchor: form } },
    });
    const again = await world.export();
    const kept = again.records.candidates.filter(({ created_at }) => created_at === told);
    expect(kept.map(({ created_at, updated_at }) => [created_at, updated_at])).toEqual([
      [told, told],
      [told, told],
    ]);
    expect([again.clock.now, again.recipe.anchor]).toEqual([told, told]);
  },
);

test('years before 0 and after 9999 are refused wherever they enter', async () => {
  const gem = await startGem();
  const world = await gem.control.openWorld();
  const saved = await world.export();
  for (const form of ['0000-01-01T00:00:00+01:00', '9999-12-31T23:59:59-05:00']) {
    const edit = { do: 'create', resource: 'candidates', set: { created_at: form } } as const;
    await expect(world.edit(edit)).rejects.toThrow(ControlRefused);
    await expect(world.clock.set(form)).rejects.toThrow(ControlRefused);
    await expect(world.timeline.add({ at: form, edit })).rejects.toThrow(ControlRefused);
    await expect(gem.control.openWorld({ anchor: form })).rejects.toThrow(ControlRefused);
    const body = { ...saved, clock: { state: 'frozen', now: form } } as const;
    await expect(gem.control.call('importWorld', { path: { world: world.key }, body })).rejects.toThrow(
      ControlRefused,
    );
    expect(() => readInstant(form)).toThrow('An instant looks like');
  }
  await expect(world.clock.advance('1000000000 weeks')).rejects.toThrow(ControlRefused);
  const document = 'purpose: a\nrecords:\n  candidates: [{ created_at: in 1000000000 weeks }]\n';
  await expect(gem.control.openWorld({ document })).rejects.toThrow('has to be a time');
  // A clock that is ahead by all that there is stands at the end, and the world goes on.
  const ahead = { ...saved, clock: { state: 'running', ahead: lastInstant - firstInstant } } as const;
  await gem.control.call('importWorld', { path: { world: world.key }, body: ahead });
  expect(await world.clock.read()).toMatchObject({ now: toInstant(lastInstant) });
  await world.edit({ do: 'create', resource: 'candidates' });
});

describe('a bound', () => {
  const at = '2025-10-12T09:00:00.000Z';
  test.each([
    ['2025-10-12T09:00:00.000999Z', { after: false, before: true }],
    ['2025-10-12T09:00:00.0000000000000000000001Z', { after: false, before: true }],
    ['2025-10-12T09:00:00.000000Z', { after: true, before: false }],
    ['2025-10-12T08:59:59.999999Z', { after: true, before: false }],
    ['2025-10-12T11:00:00%2B02:00', { after: true, before: false }],
    ['9999-12-31T23:59:59-05:00', { after: false, before: true }],
    ['0000-01-01T00:00:00%2B01:00', { after: true, before: false }],
  ])('at %s has what happened at 09:00 as an instant does', async (bound, { after, before }) => {
    const gem = await startGem();
    const { id } =
      (
        await gem.control
          .world()
          .then((world) => world.edit({ do: 'create', resource: 'candidates', set: { created_at: at } }))
      )[0] ?? {};
    const found = async (side: string) =>
      (await read<{ id: string }[]>(gem, `/ats/v0/candidates/?per_page=500&created_${side}=${bound}`)).some(
        (one) => one.id === id,
      );
    expect({ after: await found('after'), before: await found('before') }).toEqual({ after, before });
  });
});

test('on the command line an instant without a zone is told in UTC, and what is none is refused', () => {
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Asia/Tokyo';
  onTestFinished(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  expect(readInstant('2026-11-16T09:00:00')).toBe('2026-11-16T09:00:00.000Z');
  expect(readInstant('2026-11-16 09:00')).toBe('2026-11-16T09:00:00.000Z');
  expect(readInstant('2026-11-16')).toBe('2026-11-16T00:00:00.000Z');
  expect(readInstant('2026-11-16T09:00:00+02:00')).toBe('2026-11-16T07:00:00.000Z');
  for (const text of ['1', '2026', '2026-02-30', 'tomorrow', '2026-11-16T25:00'])
    expect(() => readInstant(text)).toThrow('without a zone it is UTC');
});

test('rates and counts have one rule, whether they are told or imported', async () => {
  const gem = await startGem();
  const world = await gem.control.openWorld();
  await world.simulation.start(12);
  const saved = await world.export();
  const { simulation } = saved;
  for (const per_hour of [1e-12, 1e12, 0, -1]) {
    await expect(world.simulation.start(per_hour)).rejects.toThrow(ControlRefused);
    expect(() => gem.world.simulation.start({ perHour: per_hour })).toThrow(RangeError);
    const body = { ...saved, simulation: simulation && { ...simulation, per_hour } };
    await expect(gem.control.call('importWorld', { path: { world: world.key }, body })).rejects.toThrow(
      'body.simulation',
    );
  }
  for (const used of [{ candidate: 2 ** 53 }, { candidate: -1 }]) {
    const body = { ...saved, identifiers: { ...saved.identifiers, used } };
    await expect(gem.control.call('importWorld', { path: { world: world.key }, body })).rejects.toThrow(
      'candidate',
    );
  }
});
