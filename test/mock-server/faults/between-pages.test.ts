// What a client sees that reads a listing page by page while something goes wrong in the middle of it.
import { describe, expect, test } from 'vitest';
import type { MockGem } from '../../../mock-server/server.ts';
import type { Edit } from '../../../seeds/index.ts';
import { startGem } from '../../support/gem.ts';
import { ask, lastRequest, living } from './support.ts';

interface Row {
  id: string;
  name: string;
}

/** Reads a listing as clients do: pages of two until one is not full. */
async function readAll(gem: MockGem, path = '/ats/v0/offices/'): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const { status, text } = await ask(gem, `${path}?per_page=2&page=${page}`);
    if (status !== 200) throw new Error(`page ${page} answered ${status}`);
    // The emulator of these tests holds each answer against the description.
    const more = JSON.parse(text) as Row[];
    rows.push(...more);
    if (more.length < 2) return rows;
  }
}

const pageTwo = { operation: 'listOffices', page: 2 } as const;

function armEdit(gem: MockGem, edit: Edit, when: 'before' | 'after' = 'before'): void {
  gem.world.faults.arm({ fault: 'edit', match: pageTwo, when, edits: [edit] });
}

function officesOf(gem: MockGem): { first: Row; third: Row; names: string[] } {
  const offices = living(gem, 'offices');
  const [first, , third] = offices;
  if (!first || !third) throw new Error('the scenario has too few offices');
  return { first, third, names: offices.map(({ name }) => name) };
}

describe('a record that, before page 2 is read,', () => {
  test('is created stands at the end', async () => {
    const gem = await startGem();
    const { names } = officesOf(gem);
    armEdit(gem, { do: 'create', resource: 'offices', set: { name: 'Atlantis' } });
    expect((await readAll(gem)).map(({ name }) => name)).toEqual([...names, 'Atlantis']);
  });

  test('is created stands in front where the newest come first, and the last row of page 1 comes twice', async () => {
    const gem = await startGem({ switches: { list_order: 'newest_first' } });
    const newest = officesOf(gem).names.toReversed();
    armEdit(gem, { do: 'create', resource: 'offices', set: { name: 'Atlantis' } });
    expect((await readAll(gem)).map(({ name }) => name)).toEqual(newest.toSpliced(2, 0, newest[1] ?? ''));
  });

  test('is changed comes as it is by then', async () => {
    const gem = await startGem();
    const { first, third, names } = officesOf(gem);
    armEdit(gem, { do: 'change', resource: 'offices', record: third.id, set: { name: 'Moved' } });
    const read = (await readAll(gem)).map(({ name }) => name);
    expect(read).toEqual(names.map((name) => (name === third.name ? 'Moved' : name)));
    expect(read[0]).toBe(first.name);
  });

  test('is deleted from page 1 takes a row of page 2 with it, which the client never sees', async () => {
    const gem = await startGem();
    const { first, third, names } = officesOf(gem);
    armEdit(gem, { do: 'delete', resource: 'offices', record: first.id });
    const read = (await readAll(gem)).map(({ name }) => name);
    expect(read).toEqual(names.filter((name) => name !== third.name));
    expect((await readAll(gem)).map(({ name }) => name)).toEqual(names.filter((name) => name !== first.name));
  });

  test('is deleted after page 2 was answered is still on it', async () => {
    const gem = await startGem();
    const { third, names } = officesOf(gem);
    armEdit(gem, { do: 'delete', resource: 'offices', record: third.id }, 'after');
    const page = await ask(gem, '/ats/v0/offices/?per_page=2&page=2');
    expect(page.text).toContain(third.id);
    expect(officesOf(gem).names).toEqual(names.filter((name) => name !== third.name));
  });
});

test('a page that is repeated comes twice, and the page in its place never', async () => {
  const gem = await startGem();
  const { names } = officesOf(gem);
  gem.world.faults.arm({ fault: 'page_repeated', match: pageTwo });
  const read = (await readAll(gem)).map(({ name }) => name);
  expect(read).toEqual([...names.slice(0, 2), ...names.slice(0, 2), ...names.slice(4)]);
  expect(lastRequest(gem).faults).toEqual([]);
});

test('a key that is revoked in the middle of a sync opens nothing from then on, until it is given back', async () => {
  const gem = await startGem();
  const { names } = officesOf(gem);
  gem.world.faults.arm({ fault: 'key_revoked', times: 'always', match: pageTwo });
  await expect(readAll(gem)).rejects.toThrow('page 2 answered 403');
  gem.world.faults.arm({ fault: 'key_revoked', times: 'always' });
  await expect(readAll(gem)).rejects.toThrow('page 1 answered 403');
  gem.world.faults.clear();
  expect((await readAll(gem)).map(({ name }) => name)).toEqual(names);
});

test('an edit that cannot be made is not passed over in silence', async () => {
  const gem = await startGem();
  armEdit(gem, { do: 'delete', resource: 'offices', record: 'nowhere' });
  await expect(readAll(gem)).rejects.toThrow('page 2 answered 500');
  expect(lastRequest(gem).answer).toMatchObject({
    message: expect.stringMatching(/^fault-1 could not make edit 0: .*nowhere/),
  });
  expect(lastRequest(gem).faults).toEqual(['fault-1']);
});
