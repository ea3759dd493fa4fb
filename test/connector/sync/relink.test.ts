// A new API key for an account that is connected already.
import { expect, onTestFinished, test } from 'vitest';
import { startConnector, type Connector } from '../../../connector/server.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { oneOfEach, userRecord } from '../../support/gem-records.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';

/** A Gem with two accounts: the keys that begin alike are of the same one. */
async function startTwoAccounts() {
  const stub = await startStubGem(oneOfEach());
  const refused = new Set<string>();
  stub.intercept = ({ headers, url }, response) => {
    const key = String(headers['x-api-key']);
    if (refused.has(key)) return answer(response, 403, { message: 'Forbidden' });
    if (key.startsWith('other') && url?.startsWith('/ats/v0/users/')) {
      return answer(response, 200, url.includes('page=1') ? [userRecord('stranger')] : []);
    }
    return false;
  };
  const told: string[] = [];
  const place = await placeOnPostgres();
  const connector = await startConnector({ port: 0, ...place, log: (message) => told.push(message) });
  onTestFinished(connector.close);
  return { stub, refused, told, connector, connect: connecting(connector, stub.url) };
}

function connecting(connector: Connector, url: string) {
  return async (apiKey: string, relink?: string | boolean) => {
    const account = { gem: { url, apiKey }, actingUserId: 'user-1' };
    const { id } = await connector.connect({ ...account, relink, replacesRefusedKey: true });
    return id;
  };
}

test('the integration takes the new key when Gem refuses the old one and the account is the same', async () => {
  const { refused, told, connector, connect } = await startTwoAccounts();
  const id = await connect('first');
  await connector.sync(id);
  const rows = await connector.countRows(id);
  refused.add('first');
  expect(await connect('first, renewed')).toBe(id);
  expect(told).toEqual([expect.stringContaining(`Gem refuses the earlier key of ${id}`)]);
  expect(await connector.sync(id)).toMatchObject({ state: 'SUCCEEDED' });
  expect(await connector.countRows(id)).toEqual(rows);
  // From then on it is known by the new key.
  expect(await connect('first, renewed')).toBe(id);
  expect(told.join()).not.toContain('renewed');
});

test('a key of another account, or beside one that still works, makes an integration of its own, and says what to do', async () => {
  const { refused, told, connector, connect } = await startTwoAccounts();
  const id = await connect('first');
  await connector.sync(id);
  const second = await connect('second');
  expect(second).not.toBe(id);
  expect(told).toEqual([expect.stringContaining(`start with --relink ${id}`)]);
  refused.add('first');
  refused.add('second');
  expect([id, second]).not.toContain(await connect('other'));
});

test('an integration takes a key that it is told to, unless that is of another account', async () => {
  const { connector, connect } = await startTwoAccounts();
  await expect(connect('first', true)).rejects.toThrow(/there is no such integration.*without --relink/);
  const id = await connect('first');
  await connector.sync(id);
  expect(await connect('second', true)).toBe(id);
  expect(await connect('third', id)).toBe(id);
  await expect(connect('other', id)).rejects.toThrow(/another account than .* no user in common/);
  await expect(connect('fourth', 'gem:unknown')).rejects.toThrow(`there is ${id}`);
  await connect('other');
  await expect(connect('fourth', true)).rejects.toThrow(/several integrations.*--relink <id>/);
});
