// The README's example for tests, as it stands there.
import { readFileSync } from 'node:fs';
import { expect, test as plainTest } from 'vitest';
import { withWorlds } from '../../mock-server/vitest.ts';
import { root } from '../support/process.ts';

const test = withWorlds({ scenario: 'default' }); // one emulator for each worker, one world for each test

test('a rejection shows, though its page comes twice', async ({ world }) => {
  const before = await world.mark();
  await world.edit({ do: 'reject', application: 'zoe-backend' });
  await world.faults.arm({ fault: 'page_repeated', match: { operation: 'listApplications' } });

  // Your connector's sync stands here. It is given world.url and world.key.
  await world.fetch('/ats/v0/applications/');

  expect((await world.requests.find({ method: 'POST' })).count).toBe(0);
  expect((await world.changes(before)).changed).toHaveLength(2); // the application, and its candidate
});

plainTest('it is the example that the README shows', () => {
  const [, shown = ''] =
    /```ts\n\/\/ rejection\.test\.ts\n(.*?)```/s.exec(readFileSync(`${root}/README.md`, 'utf8')) ?? [];
  const [, code = ''] = shown.split(/(?=^const test)/m);
  expect(code).toMatch(/\w/);
  expect(readFileSync(import.meta.filename, 'utf8')).toContain(code);
});
