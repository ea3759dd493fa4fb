import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../mock-server/edits/apply-edits.ts';
import { maxMarks } from '../../../mock-server/world/marks.ts';
import type { Edit } from '../../../seeds/index.ts';
import { jobNamed, setScene } from '../lifecycle/support.ts';

const now = '2026-11-20T08:00:00.000Z';

describe('the changes since a mark', () => {
  test('are none where nothing has happened, or nothing that lasted', async () => {
    const { gem } = await setScene();
    const none = { created: [], changed: [], deleted: [] };
    expect(gem.world.marks.changesSince()).toEqual(none);
    const office: Edit = { do: 'create', resource: 'offices' };
    expect(() => applyEdits(gem.world, [office, { do: 'publish', record: 'nope' }])).toThrow('nope');
    expect(gem.world.marks.changesSince('start')).toEqual(none);
  });

  test('tell what is new, what is different field by field, and what is gone, by label too', async () => {
    const scene = await setScene();
    const { world } = scene.gem;
    const job = jobNamed(scene, 'Product Designer');
    const note = scene.find('notes');
    applyEdits(world, [
      { do: 'create', resource: 'offices', as: 'bergen', set: { name: 'Bergen' } },
      { do: 'change', resource: 'jobs', record: job.id, set: { name: 'Designer', confidential: false } },
      { do: 'delete', resource: 'notes', record: note.id },
    ]);
    const { created, changed, deleted } = world.marks.changesSince();
    const bergen = world.store.get('offices', world.labels['bergen']?.id ?? '');
    expect(created).toEqual([{ resource: 'offices', id: bergen?.id, label: 'bergen', record: bergen }]);
    expect(changed).toEqual([
      {
        resource: 'jobs',
        id: job.id,
        ...(changed[0]?.label !== undefined && { label: changed[0].label }),
        // What was written as it was before is not different.
        fields: {
          name: { before: 'Product Designer', after: 'Designer' },
          updated_at: { before: job.updated_at, after: now },
        },
      },
      expect.objectContaining({ resource: 'candidates', id: note.candidate_id }),
    ]);
    expect(deleted).toMatchObject([
      { resource: 'notes', id: note.id, fields: { deleted_at: { before: null, after: now } } },
    ]);
    expect(deleted[0]?.fields).not.toHaveProperty('updated_at');
  });

  test('are held against the mark that is named, and a mark moves when its name is used again', async () => {
    const { gem } = await setScene();
    const { marks } = gem.world;
    const make = () => applyEdits(gem.world, [{ do: 'create', resource: 'offices' }]);
    const made = (since?: string) => marks.changesSince(since).created.length;
    make();
    expect(marks.mark('mine')).toBe('mine');
    make();
    const own = marks.mark();
    expect(own).toBe('mark-1');
    expect([made(), made('mine'), made(own)]).toEqual([2, 1, 0]);
    marks.mark('mine');
    expect(made('mine')).toBe(0);
    gem.world.reset();
    expect(marks.names()).toEqual(['start']);
    expect(made()).toBe(0);
  });

  test('say which marks there are where one is named that is not there', async () => {
    const { marks } = (await setScene()).gem.world;
    marks.mark('before-sync');
    expect(() => marks.changesSince('before-sink')).toThrow(
      'did you mean "before-sync"? There are: start, before-sync',
    );
    expect(() => marks.mark('start')).toThrow('choose another name');
  });

  test('reach back to the newest marks only, and to the start', async () => {
    const { marks } = (await setScene()).gem.world;
    for (let count = 0; count <= maxMarks; count += 1) marks.mark(`m${count}`);
    expect(marks.names()).toHaveLength(maxMarks + 1);
    expect(() => marks.changesSince('m0')).toThrow(`Only the newest ${maxMarks} are kept.`);
    expect(marks.changesSince('m1')).toEqual(marks.changesSince());
  });
});
