import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startConnector, type Connector } from '../../../connector/server.ts';
import type { Account, Adapter } from '../../../contracts/harness/adapter.ts';
import { readPage } from '../../../contracts/harness/adapters/html-page.ts';
import { connectHttp } from '../../../contracts/harness/adapters/http.ts';
import { loadAdapter } from '../../../contracts/harness/adapters/module.ts';
import { syncAndWait } from '../../../contracts/harness/adapters/sync-and-wait.ts';
import { createUnifiedApi } from '../../../contracts/harness/adapters/unified-api.ts';
import { withCallLimit } from '../../../contracts/harness/connector-failure.ts';
import { listen } from '../../../contracts/server/listen.ts';
import type { SteeredWorld } from '../../../mock-server/control/steered-world.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';
import { placeOnPostgres } from '../../support/databases.ts';

const folder = mkdtempSync(join(tmpdir(), 'adapters-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const nowhere: Account = {
  url: 'http://127.0.0.1:1',
  apiKey: 'key',
  applicationSecret: 'secret',
  jobBoard: 'acme',
  actingUserId: 'user',
};

describe('through HTTP', () => {
  let [gem, connector]: [MockGem?, Connector?] = [];
  let world: SteeredWorld | undefined;
  let account: Account = nowhere;

  beforeAll(async () => {
    gem = await startMockGem({ port: 0, scenario: 'team', switches: { rate_limit: 'off' } });
    world = await gem.openWorld();
    const { url, key: apiKey } = world;
    const { applicationSecret } = gem;
    const actingUserId = (await world.labels())['paula']?.id ?? '';
    account = { url, apiKey, applicationSecret, jobBoard: 'acme', actingUserId };
    const connections = { gemUrl: gem.url, applicationSecret };
    connector = await startConnector({
      ...(await placeOnPostgres()),
      port: 0,
      isWorker: true,
      limits: 'off',
      connections,
    });
  });
  afterAll(async () => {
    await connector?.close();
    await gem?.close();
  });

  const adapter = (more: { apiKey?: string; url?: string; syncLimit?: number } = {}) =>
    connectHttp({ url: connector?.apiUrl ?? '', apiKey: connector?.apiKey ?? '', ...more });

  test('an account is connected by its page, synced in full, written to, and synced for changes', async () => {
    const unified = adapter();
    await unified.sync(account, 'FULL');
    const users = await unified.list(account, 'users', {});
    expect(users.map(({ remote_id }) => remote_id)).toContain(account.actingUserId);

    await world?.edit({ do: 'create', resource: 'jobs', set: { name: 'Lighthouse keeper' } });
    const names = async () => (await unified.list(account, 'jobs', {})).map(({ name }) => name);
    expect(await names()).not.toContain('Lighthouse keeper');
    await unified.sync(account, 'DELTA');
    expect(await names()).toContain('Lighthouse keeper');

    const [job] = await unified.list(account, 'jobs', { name_contains: 'Lighthouse' });
    const path = `/ats/jobs/${job?.id}/applications`;
    const candidate = { first_name: 'Ada', last_name: 'Byron', email_address: 'ada@example.com' };
    const call = { operation: 'createAtsApplication', method: 'POST', path };
    const made = await unified.act(account, { ...call, body: { candidate } });
    expect(made).toMatchObject({ status: 200, body: { data: { candidate: { first_name: 'Ada' } } } });
    expect(await unified.act(account, { ...call, body: {} })).toMatchObject({ status: 400 });
    expect((await world?.requests.list())?.some(({ method }) => method === 'POST')).toBe(true);
  });

  test('a list is read to its last page', async () => {
    const unified = adapter();
    await unified.sync(account, 'FULL');
    const all = await unified.list(account, 'users', {});
    expect(all.length).toBeGreaterThan(1);
    expect(await unified.list(account, 'users', { page_size: '1' })).toEqual(all);
  });

  test('an error is one line that says what to do', async () => {
    const sync = async (made: Adapter, to = account) => made.sync(to, 'FULL').catch(messageOf);
    expect(await sync(adapter({ apiKey: 'wrong' }))).toMatch(/^POST \/connect\/create-link answered 401: /);
    expect(await sync(adapter({ url: `${connector?.url}/elsewhere` }))).toMatch(/answered 404.*server_url/);
    const gone = await listen({ host: '127.0.0.1', port: 0 }, () => () => undefined);
    await gone.close();
    expect(await sync(adapter({ url: `${gone.url}/v1` }))).toMatch(/got no answer: .*ECONNREFUSED/);
    const other = { ...account, actingUserId: 'nobody' };
    expect(await sync(adapter(), other)).toMatch(
      /does not offer the Gem user nobody; does the connector read from/,
    );
    await world?.faults.arm({ fault: 'key_revoked' });
    expect(await sync(adapter())).toMatch(
      /^the connection page answered 422: Gem does not accept this key; .* Does the connector read from http/,
    );
    await world?.faults.clear();
  });

  test('a sync that does not end fails after the limit, with its state', async () => {
    let waited = 0;
    const api = {
      read: async <Data>(path: string) =>
        (path === '/force-sync' ? { sync_id: '1' } : { results: [{ id: '1', state: 'RUNNING' }] }) as Data,
      call: () => Promise.reject(new Error('nothing else is asked')),
    };
    const pause = async (milliseconds: number) => (waited += milliseconds);
    await expect(syncAndWait(api, 'gem:1', 'FULL', { pause, limit: 90_000 })).rejects.toThrow(
      'it did not end within 90 seconds (RUNNING)',
    );
    expect(waited).toBeGreaterThanOrEqual(90_000);
    expect(waited).toBeLessThan(92_001);
  });

  test('a call that gets a 429 waits as long as the answer says, and then continues', async () => {
    const answers = [
      { status: 429, headers: { 'Retry-After': '7' } },
      { status: 429, headers: { 'ratelimit-reset': '3' } },
      { status: 200, headers: {} },
    ];
    const server = await listen({ host: '127.0.0.1', port: 0 }, () => (_request, response) => {
      const { status = 500, headers = {} } = answers.shift() ?? {};
      response.writeHead(status, headers).end('{"status":"success","data":{"results":[],"next":null}}');
    });
    onTestFinished(server.close);
    const waited: number[] = [];
    const api = createUnifiedApi({
      url: server.url,
      apiKey: 'key',
      callLimit: 5000,
      pause: async (milliseconds) => waited.push(milliseconds),
    });
    expect(await api.read('/ats/jobs')).toEqual({ results: [], next: null });
    expect(waited).toEqual([7000, 3000]);
  });
});

test('what a connector that throttles makes its caller wait is no part of the time that a call may take', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  let waited = 7000;
  const endless = () => new Promise<never>(() => undefined);
  const slow: Adapter = { sync: endless, list: endless, act: endless, waited: () => waited };
  let failure = '';
  const limited = withCallLimit(slow, 1000);
  const syncing = limited.sync(nowhere, 'FULL').catch((error: Error) => (failure = error.message));
  waited += 500;
  await vi.advanceTimersByTimeAsync(1499);
  expect(failure).toBe('');
  await vi.advanceTimersByTimeAsync(1);
  await syncing;
  expect(failure).toBe('it had no end within 1 second');
});

test('a page is read as a browser reads it, with any HTML', () => {
  const page = readPage(
    'http://host/connect/1',
    `<!-- <form action="/commented"><input name="key"></form> --><title>A &amp; B</title>
    <div role=alert><b>No</b>\n <i>way</i></div><FORM ACTION='/send?x=1&amp;y=2' METHOD=POST>
      <input type="hidden" name="form_token" value="a&quot;b>c"><input name=key required>
      <input type=checkbox name=news value=yes><input type=checkbox name=terms value=yes checked>
      <select name="user"><option value="1">One</option><option selected value="2">Two</option></select>
    </FORM><div data-token="t&#x2F;1" data-state='done'></div>`,
  );
  expect(page).toEqual({
    url: 'http://host/connect/1',
    title: 'A & B',
    alert: 'No way',
    data: { token: 't/1', state: 'done' },
    forms: [
      {
        action: '/send?x=1&y=2',
        method: 'post',
        fields: ['form_token', 'key', 'news', 'terms', 'user'],
        values: { form_token: 'a"b>c', key: '', terms: 'yes', user: '2' },
        options: { user: ['1', '2'] },
      },
    ],
  });
});

describe('through a module', () => {
  const functions = 'async sync() {}, async list() { return [] }, async act() { return { status: 200 } }';

  test.each([
    ['an object', `export default { ${functions} }`],
    ['a function', `export default async () => ({ covers: ['jobs.name'], ${functions} })`],
  ])('an adapter is %s', async (what, text) => {
    const adapter = await loadAdapter(file(`${what.replace(' ', '-')}.mjs`, text));
    expect(await adapter.list(nowhere, 'jobs', {})).toEqual([]);
    expect(adapter.covers).toEqual(what === 'a function' ? ['jobs.name'] : undefined);
  });

  test.each([
    ['nothing.mjs', 'export const adapter = 1', /has no default export/],
    [
      'lacking.mjs',
      'export default { async sync() {} }',
      /has no list\(account, list, query\), act\(account, call\)$/,
    ],
    ['broken.mjs', 'export default {', /cannot be loaded: /],
    ['throwing.mjs', `export default () => { throw new Error('no\\nway') }`, /made no adapter: no$/],
    ['covers.mjs', `export default { covers: 'all', ${functions} }`, /"covers" .* must be a list of words/],
  ])('what is missing is said: %s', async (name, text, message) => {
    await expect(loadAdapter(file(name, text))).rejects.toThrow(message);
  });

  test('a missing file is named', async () => {
    await expect(loadAdapter('./not-there.ts')).rejects.toThrow('there is no file ./not-there.ts');
  });
});

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
