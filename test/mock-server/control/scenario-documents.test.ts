import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';

let gem: MockGem | undefined;

beforeAll(async () => {
  gem = await startMockGem({ port: 0 });
});
afterAll(() => gem?.close());

test('every scenario is there as a document, also one that is no file', async () => {
  const control = gem?.control;
  for (const { name, group } of (await control?.scenarios()) ?? []) {
    expect(group).not.toBe('');
    const { document = '' } =
      (await control?.call('getScenarioDocument', { path: { scenario: name } })) ?? {};
    expect(document).toMatch(/^(purpose|#)/);
  }
  const { document } = (await control?.call('getScenarioDocument', { path: { scenario: 'default' } })) ?? {};
  expect(await control?.checkScenario(document ?? '')).toEqual({ problems: [], warnings: [] });
});

test('what is wrong with a document is told at its line', async () => {
  const found = await gem?.control.checkScenario(
    'purpose: mine\nextends: default\ntimeline:\n  - { after: 1 day, do: reject, application: zoe-backend }\n  - { after: 2 days, do: reject, application: zoe-backend }\n',
  );
  expect(found?.problems).toEqual([
    { line: 5, column: expect.any(Number), message: expect.stringContaining('cannot happen at') },
  ]);
  expect(await gem?.control.checkScenario('records: {}\nnonsense: 1\n')).toMatchObject({
    problems: expect.arrayContaining([{ line: 2, column: 1, message: expect.stringContaining('nonsense') }]),
  });
});
