import { beforeAll, afterAll, expect, test } from 'vitest';
import { ControlRefused } from '../../../mock-server/control/client.ts';
import type { SteeredWorld } from '../../../mock-server/control/steered-world.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';

let [gem, world]: [MockGem?, SteeredWorld?] = [];

beforeAll(async () => {
  gem = await startMockGem({ port: 0 });
  world = await gem.openWorld();
  await world.edit({ do: 'create', resource: 'offices', as: 'harbour', set: { name: 'Quay 7' } });
  await world.edit({ do: 'create', resource: 'offices', as: 'gone', set: { name: 'Quay 8' } });
  await world.edit({ do: 'delete', resource: 'offices', record: 'gone' });
});
afterAll(() => gem?.close());

async function found(query: { q?: string; deleted?: 'included' | 'left_out' | 'only' }): Promise<string[]> {
  const { records = [] } = (await world?.records('offices', query)) ?? {};
  // Two that were made in the same millisecond come in any order.
  return records.flatMap(({ label = [] }) => label).toSorted();
}

/** All that stands in a record, without the names of its fields. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value).toLowerCase();
  return Object.values(value).map(textOf).join('\n');
}

test.each<[string, string[]]>([
  ['quay', ['gone', 'harbour']],
  ['"quay 7"', ['harbour']],
  ['harbour', ['harbour']],
  ['name:quay -"quay 7"', ['gone']],
  ['-deleted_at:null quay', ['gone']],
  ['quay nowhere', []],
])('records are found by %s', async (q, labels) => {
  expect(await found({ q })).toEqual(labels);
});

test('a word is found alike whether it is typed letter by letter or asked for at once, among many records', async () => {
  const many = await gem?.control.openWorld({ scenario: 'large', parameters: { candidates: 600 } });
  const all = (await many?.records('candidates', { per_page: 1000 }))?.records ?? [];
  const texts = all.map(({ id, record }) => ({ id, text: textOf(record) }));
  const last = texts.at(-1)?.id;
  // The last one is found by its id alone, and the others by what many have in common.
  for (const word of ['ex', 'example', 'example.com', 'ma', 'mar', 'mari', 'maria', `${last}`]) {
    const fitting = texts.filter(({ text }) => text.includes(word.toLowerCase())).map(({ id }) => id);
    const { total, records = [] } = (await many?.records('candidates', { q: word, per_page: 1000 })) ?? {};
    expect([word, total]).toEqual([word, fitting.length]);
    expect(records.map(({ id }) => id)).toEqual(fitting);
  }
});

test('deleted records are there, left out, or alone', async () => {
  expect(await found({ q: 'quay', deleted: 'left_out' })).toEqual(['harbour']);
  expect(await found({ q: 'quay', deleted: 'only' })).toEqual(['gone']);
  const all = await world?.records('offices');
  const living = await world?.records('offices', { deleted: 'left_out' });
  const deleted = await world?.records('offices', { deleted: 'only' });
  expect((living?.total ?? 0) + (deleted?.total ?? 0)).toBe(all?.total);
});

test('a field that there is not is refused, with the nearest that there is', async () => {
  const refusal = await world?.records('offices', { q: 'nam:x' }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ControlRefused);
  expect(refusal).toMatchObject({
    problems: [{ path: 'query.q', message: 'these records have no field "nam"; did you mean "name"?' }],
  });
});

test('records come in the order of a field, turned round by a minus, those without it last', async () => {
  const fork = await world?.fork();
  await fork?.edit(
    { do: 'create', resource: 'jobs', as: 'one', set: { name: 'zeppelin pilot', requisition_id: 'B' } },
    { do: 'create', resource: 'jobs', as: 'two', set: { name: 'Zeppelin captain', requisition_id: null } },
    { do: 'create', resource: 'jobs', as: 'three', set: { name: 'ZEPPELIN STEWARD', requisition_id: 'A' } },
  );
  const sorted = async (sort: string) => {
    const { records = [] } = (await fork?.records('jobs', { q: 'zeppelin', sort })) ?? {};
    return records.map(({ label }) => label);
  };
  expect(await sorted('name')).toEqual(['two', 'one', 'three']);
  expect(await sorted('-name')).toEqual(['three', 'one', 'two']);
  expect(await sorted('requisition_id')).toEqual(['three', 'one', 'two']);
  expect(await sorted('-requisition_id')).toEqual(['one', 'three', 'two']);
  const page = await fork?.records('jobs', { sort: '-created_at', per_page: 2, page: 2 });
  const all = (await fork?.records('jobs', { sort: '-created_at', per_page: 1000 }))?.records ?? [];
  expect(page?.records).toEqual(all.slice(2, 4));
  expect(await fork?.records('jobs', { sort: 'nme' }).catch((error: unknown) => error)).toMatchObject({
    problems: [{ path: 'query.sort', message: expect.stringContaining('did you mean "name"?') }],
  });
});

test('what is written meanwhile is found, and what it was before is not', async () => {
  const fork = await world?.fork();
  const names = async (q: string) =>
    (await fork?.records('offices', { q }))?.records.map(({ label }) => label);
  expect(await names('"quay 7"')).toEqual(['harbour']);
  await fork?.edit({
    do: 'change',
    resource: 'offices',
    record: 'harbour',
    set: { name: 'Zyx 9', location_name: 'Zyx' },
  });
  expect([await names('"quay 7"'), await names('zyx 9')]).toEqual([[], ['harbour']]);
  await fork?.reset();
  expect([await names('"quay 7"'), await names('zyx 9')]).toEqual([['harbour'], []]);
});
