// A rule is held only if something was there that could have broken it: adapters that show or do nothing real keep none.
import { expect, test } from 'vitest';
import type { Adapter } from '../../../contracts/harness/adapter.ts';
import { ruleNames } from '../../../contracts/harness/load-rules.ts';
import { verifyConnector } from '../../../contracts/harness/verify-connector.ts';
import { useGem } from '../../support/gem.ts';

const gem = useGem();

/** Right by its form, but of no record at Gem. */
const nobody = {
  id: '111111111111111111111111',
  remote_id: 'nobody',
  changed_at: '2026-01-01T00:00:00.000Z',
  remote_deleted_at: null,
};
const done = { status: 200, body: { status: 'success', data: {}, warnings: [] } };
const refused = { status: 400, body: { status: 'error', error: { code: 'PLATFORM.INPUT_INVALID' } } };

const adapters: Readonly<Record<string, Adapter>> = {
  'lists items of no record and calls every action done': adapter([nobody], done),
  'lists nothing and calls every action done': adapter([], done),
  'lists nothing and refuses every action': adapter([], refused),
};

test.each(Object.entries(adapters))('an adapter that %s holds no rule', async (_name, connector) => {
  const { entries } = await verifyConnector({
    gem: gem().control,
    applicationSecret: gem().applicationSecret,
    connector,
    subject: 'nonsense',
    worlds: 1,
    variations: 0,
    shrinks: false,
  });
  expect(entries.map(({ name }) => name)).toEqual(ruleNames);
  expect(entries.filter(({ state }) => state === 'held').map(({ name }) => name)).toEqual([]);
  const silent = entries.filter(({ state, remark = '' }) => state === 'not observed' && !/\w/.test(remark));
  expect(silent).toEqual([]);
});

function adapter(items: readonly object[], answer: Awaited<ReturnType<Adapter['act']>>): Adapter {
  return {
    sync: async () => undefined,
    // What an adapter gives is judged at run time.
    list: async () => structuredClone(items) as never,
    act: async () => answer,
  };
}
