import { expect, onTestFinished, test } from 'vitest';
import type { ConnectorOptions } from '../../../../connector/config.ts';
import { startConnector, type Connector } from '../../../../connector/server.ts';
import { fixedClock } from '../../../../contracts/clock.ts';
import { answer, startStubGem } from '../../../support/stub-gem.ts';
import { placeOnPostgres } from '../../../support/databases.ts';

async function start(options: ConnectorOptions): Promise<Connector> {
  const connector = await startConnector({
    ...(await placeOnPostgres()),
    port: 0,
    checkAnswers: true,
    ...options,
  });
  onTestFinished(() => connector.close());
  return connector;
}

const headersOf = (response: Response, ...names: string[]) => names.map((name) => response.headers.get(name));

test('a key that has used up its window waits for the next one', async () => {
  const clock = fixedClock('2026-06-01T00:00:00.000Z');
  const connector = await start({ clock, limits: { calls: 2, seconds: 60 } });
  const call = (path = '/check-api-key', key = connector.apiKey) =>
    fetch(`${connector.apiUrl}${path}`, { headers: { Authorization: `Bearer ${key}` } });
  const told = async (path?: string) => {
    const response = await call(path);
    return [
      response.status,
      ...headersOf(response, 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'),
    ];
  };

  expect(await told()).toEqual([200, '2', '1', '60']);
  clock.advance(10_001);
  // A call that fails counts too.
  expect(await told('/ats/users')).toEqual([400, '2', '0', '50']);
  expect(await told()).toEqual([429, '2', '0', '50']);
  expect(await (await call()).json()).toMatchObject({ error: { code: 'PLATFORM.RATE_LIMIT_EXCEEDED' } });
  expect((await call('/check-api-key', 'mgc_wrong')).status).toBe(401);
  clock.advance(49_999);
  expect(await told()).toEqual([200, '2', '1', '60']);
});

test('without limits, no answer tells of any', async () => {
  const connector = await start({ limits: 'off' });
  const response = await fetch(`${connector.apiUrl}/check-api-key`, {
    headers: { Authorization: `Bearer ${connector.apiKey}` },
  });
  expect(headersOf(response, 'ratelimit-limit', 'Concurrency-Limit')).toEqual([null, null]);
});

test('as many actions of an integration run at once as may, and no more', async () => {
  const clock = fixedClock('2026-06-01T00:00:00.000Z');
  const connector = await start({ clock, limits: { actions: 1 } });
  const gem = await startStubGem();
  const { id } = await connector.connect({ gem: { url: gem.url, apiKey: 'key' }, actingUserId: 'user-1' });
  /** Lets the actions end that wait for Gem. */
  const waiting: (() => void)[] = [];
  let arrived = () => {};
  gem.intercept = ({ url }, response) => {
    // Each action asks for the job first, and only that is held.
    if (!url?.startsWith('/ats/v0/jobs/job-1')) {
      return answer(response, 404, { code: 404, status: 'Not Found' });
    }
    waiting.push(() => answer(response, 404, { code: 404, status: 'Not Found' }));
    arrived();
    return true;
  };
  let people = 0;
  const create = () =>
    fetch(`${connector.apiUrl}/ats/jobs/remote:job-1/applications`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${connector.apiKey}`,
        'X-Integration-Id': id,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({
        candidate: { first_name: 'A', last_name: 'B', email_address: `a${(people += 1)}@example.com` },
      }),
    });
  /** Begins an action, and goes on once it waits for Gem. */
  const begin = async () => {
    const reached = new Promise<void>((resolve) => (arrived = resolve));
    const answered = create();
    await reached;
    return { answered };
  };
  const concurrency = ['Concurrency-Limit', 'Concurrency-Remaining'];

  const first = await begin();
  const refused = await create();
  expect([refused.status, ...headersOf(refused, ...concurrency)]).toEqual([429, '1', '0']);
  expect(await refused.json()).toMatchObject({ error: { code: 'PLATFORM.CONCURRENCY_LIMIT_EXCEEDED' } });

  waiting.shift()?.();
  const ended = await first.answered;
  expect([ended.status, ...headersOf(ended, ...concurrency)]).toEqual([400, '1', '0']);

  // Its place is free again; and the place of one that never ends, as when its process died, is free in time.
  const second = await begin();
  expect((await create()).status).toBe(429);
  clock.advance(600_000);
  const third = await begin();
  for (const end of waiting.splice(0)) end();
  expect([(await second.answered).status, (await third.answered).status]).toEqual([400, 400]);
});
