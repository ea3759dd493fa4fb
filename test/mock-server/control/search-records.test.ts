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
  return records.flatMap(({ label = [] }) => label);
}

test.each<[string, string[]]>([
  ['quay', ['harbour', 'gone']],
  ['"quay 7"', ['harbour']],
  ['harbour', ['harbour']],
  ['name:quay -"quay 7"', ['gone']],
  ['-deleted_at:null quay', ['gone']],
  ['quay nowhere', []],
])('records are found by %s', async (q, labels) => {
  expect(await found({ q })).toEqual(labels);
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
