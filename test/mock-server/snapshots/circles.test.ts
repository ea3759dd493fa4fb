// Records that lie within themselves could never be shown, so no way leads them into a world.
import { fc, test as law } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { ControlRefused } from '../../../mock-server/control/call.ts';
import { brokenReferences } from '../../../seeds/scenario-file/broken-references.ts';
import { takeSnapshot } from '../../../mock-server/snapshots/snapshot.ts';
import { findCircles } from '../../../seeds/circles.ts';
import { read, startGem } from '../../support/gem.ts';
import { tryScenario } from '../../seeds/try-scenario.ts';

test.each([
  ['an office', 'records:\n  offices:\n    - { as: a, parent_id: a }\n', 'a.yaml:4:27'],
  [
    'departments in a ring',
    'records:\n  departments:\n    - { as: a, parent_id: c }\n    - { as: b, parent_id: a }\n    - { as: c, parent_id: b }\n',
    'a.yaml:6:27',
  ],
])('a scenario with %s in itself is refused with its place', async (_what, text, place) => {
  const document = `purpose: a\n${text}`;
  expect(() => tryScenario(document, 'a.yaml')).toThrow(`${place}: it would lie within itself`);
  const gem = await startGem();
  await expect(gem.control.openWorld({ document })).rejects.toThrow('it would lie within itself');
});

test('a change that closes a circle of inherited records is refused where it stands', () => {
  const document =
    'purpose: a\nextends: nested-offices\nchange:\n  headquarters: { parent_id: headquarters }\n';
  expect(() => tryScenario(document, 'a.yaml')).toThrow(
    /a\.yaml:4:\d+: (it would lie within itself|nothing is labelled)/,
  );
});

test('an alias that stands inside of what it stands for is refused with its place', () => {
  const document = 'purpose: a\nrecords: &r\n  candidates: [*r]\n';
  expect(() => tryScenario(document, 'a.yaml')).toThrow(
    'a.yaml:3:16: "*r" stands inside of what it stands for',
  );
});

test('imports and edits are refused, and a world whose offices lie twenty thousand deep is none the slower', async () => {
  const gem = await startGem({ scenario: 'empty' });
  const world = await gem.control.world();
  await world.edit(
    { do: 'create', resource: 'offices', as: 'outer' },
    { do: 'create', resource: 'offices', as: 'inner', set: { parent_id: 'outer' } },
  );
  const edit = { do: 'change', resource: 'offices', record: 'outer', set: { parent_id: 'inner' } } as const;
  await expect(world.edit(edit)).rejects.toThrow('it would lie within itself');

  const saved = await world.export();
  const [outer, inner] = saved.records.offices;
  if (!outer || !inner) throw new Error('there are two offices');
  const wrong = {
    ...saved,
    records: { ...saved.records, offices: [{ ...outer, parent_id: inner.id }, inner] },
  };
  const path = { world: 'default' };
  await expect(gem.control.call('importWorld', { path, body: wrong })).rejects.toThrow(ControlRefused);
  await expect(gem.control.call('importWorld', { path, body: wrong })).rejects.toThrow(
    'records.offices.0.parent_id',
  );

  const offices = Array.from({ length: 20_000 }, (_, index) => ({
    ...outer,
    id: `office-${index}`,
    parent_id: index === 0 ? null : `office-${index - 1}`,
  }));
  await gem.control.call('importWorld', {
    path,
    body: { ...saved, labels: {}, records: { ...saved.records, offices } },
  });
  await world.edit({ do: 'change', resource: 'offices', record: 'office-19999', set: { name: 'deepest' } });
  await world.edit({ do: 'delete', resource: 'offices', record: 'office-0' });
  expect(await read(gem, '/ats/v0/offices/office-19999')).toMatchObject({ name: 'deepest' });
});

law.prop([fc.array(fc.nat({ max: 12 }), { maxLength: 12 })])(
  'a circle is found exactly where following parents does not end',
  (parents) => {
    const offices = parents.map((parent, index) => ({
      id: String(index),
      parent_id: parent < parents.length ? String(parent) : null,
    }));
    const endless = offices.filter(({ id }) => {
      let at: string | null | undefined = id;
      for (let step = 0; step <= offices.length; step += 1)
        at = offices.find((one) => one.id === at)?.parent_id;
      return at !== null && at !== undefined;
    });
    // What leads into a circle is in none.
    const found = findCircles({ offices: offices as never, departments: [] }).flatMap(({ ids }) => ids);
    expect(found.length > 0).toBe(endless.length > 0);
    expect(new Set(found).size).toBe(found.length);
    for (const id of found) expect(endless.map((one) => one.id)).toContain(id);
  },
);

test('every world that a scenario makes passes the same check', async () => {
  const gem = await startGem();
  expect(brokenReferences(takeSnapshot(gem.world))).toEqual([]);
});
