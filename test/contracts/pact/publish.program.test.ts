// The scripts that bring pacts to a broker, as they are run, against a broker on a real socket.
import type { IncomingHttpHeaders } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../../contracts/server/listen.ts';
import { run } from '../../support/process.ts';

const token = 'a-token-that-nobody-may-see';
const parties = ['kombo-sdk-client', 'mock-gem-connector', 'webhook-receiver'];

interface Asked {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A broker that answers everything alike. */
async function startBroker(status: number, body: unknown): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const { url, close } = await listen({ host: '127.0.0.1', port: 0 }, () => (request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      asked.push({
        method: request.method ?? '',
        url: new URL(request.url ?? '', 'http://broker'),
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      response.writeHead(status, { 'Content-Type': 'application/hal+json' }).end(JSON.stringify(body));
    });
  });
  onTestFinished(close);
  return { url, asked };
}

async function tell(command: string, env: Record<string, string>) {
  const none = { PACT_BROKER_BASE_URL: '', PACT_BROKER_TOKEN: '', PACT_VERSION: '', GITHUB_SHA: '' };
  const { code, stdout, stderr } = await run('node', ['contracts/publish-pacts.ts', command], {
    env: { ...none, PACT_BRANCH: '', GITHUB_REF_NAME: '', PACT_ENVIRONMENT: '', ...env },
  }).ended;
  expect(stdout + stderr).not.toContain(token);
  return { code, stdout, stderr };
}

test.each([
  ['publish', {}, 'set PACT_BROKER_BASE_URL'],
  ['can-i-deploy', {}, 'set PACT_BROKER_BASE_URL'],
  ['publish', { PACT_BROKER_BASE_URL: 'broker' }, 'http or https address'],
  ['publish', { PACT_BROKER_BASE_URL: 'http://broker.example' }, 'Set PACT_VERSION'],
  ['publisch', {}, 'say publish or can-i-deploy'],
])('%s with %j says in one line what is missing, and asks nobody', async (command, env, words) => {
  const { code, stdout, stderr } = await tell(command, env);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('publishes every committed pact for its consumer', async () => {
  const broker = await startBroker(200, {});
  const { code, stdout } = await tell('publish', {
    PACT_BROKER_BASE_URL: `${broker.url}/`,
    PACT_BROKER_TOKEN: token,
    PACT_VERSION: 'abc123',
    PACT_BRANCH: 'main',
  });
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(3);
  const sent = broker.asked.map(({ method, url, headers, body }) => {
    expect([method, url.pathname, headers.authorization]).toEqual([
      'POST',
      '/contracts/publish',
      `Bearer ${token}`,
    ]);
    return JSON.parse(body) as Published;
  });
  expect(sent.map(({ pacticipantName }) => pacticipantName)).toEqual(parties);
  for (const { pacticipantName, pacticipantVersionNumber, branch, contracts } of sent) {
    expect([pacticipantVersionNumber, branch, contracts.length]).toEqual(['abc123', 'main', 1]);
    for (const { consumerName, providerName, specification, contentType, content } of contracts) {
      const pact = JSON.parse(Buffer.from(content, 'base64').toString()) as object;
      expect(pact).toMatchObject({ consumer: { name: pacticipantName }, provider: { name: providerName } });
      expect([consumerName, specification, contentType]).toEqual([
        pacticipantName,
        'pact',
        'application/json',
      ]);
    }
  }
});

interface Published {
  pacticipantName: string;
  pacticipantVersionNumber: string;
  branch: string;
  contracts: Record<'consumerName' | 'providerName' | 'specification' | 'contentType' | 'content', string>[];
}

test('asks for each consumer whether it may be deployed', async () => {
  const summary = { deployable: true, reason: 'All is verified.' };
  const broker = await startBroker(200, { summary });
  const env = { PACT_BROKER_BASE_URL: broker.url, PACT_BROKER_USERNAME: 'ada', PACT_BROKER_PASSWORD: token };
  const { code, stdout } = await tell('can-i-deploy', { ...env, PACT_VERSION: 'abc123' });
  expect(code).toBe(0);
  expect(stdout).toContain('webhook-receiver abc123 may be deployed to production: All is verified.');
  expect(broker.asked.map(({ url }) => Object.fromEntries(url.searchParams))).toEqual(
    parties.map((pacticipant) => ({ pacticipant, version: 'abc123', environment: 'production' })),
  );
  expect(broker.asked[0]?.url.pathname).toBe('/can-i-deploy');
  const basic = Buffer.from(`ada:${token}`).toString('base64');
  expect(broker.asked[0]?.headers.authorization).toBe(`Basic ${basic}`);
});

test('ends with 1 when a consumer may not be deployed', async () => {
  const broker = await startBroker(200, { summary: { deployable: null, reason: 'It is not verified.' } });
  const env = { PACT_BROKER_BASE_URL: broker.url, PACT_VERSION: 'abc123', PACT_ENVIRONMENT: 'test' };
  const { code, stderr } = await tell('can-i-deploy', env);
  expect(code).toBe(1);
  expect(stderr).toContain('may not be deployed to test: It is not verified.');
});

test.each([
  [401, 'check PACT_BROKER_TOKEN'],
  [409, 'set another PACT_VERSION'],
  [500, 'with 500'],
])('a refusal with %i is told in one line', async (status, words) => {
  const broker = await startBroker(status, { error: token });
  const env = { PACT_BROKER_BASE_URL: broker.url, PACT_BROKER_TOKEN: token, PACT_VERSION: 'abc123' };
  const { code, stderr } = await tell('publish', env);
  expect([code, stderr.trimEnd().split('\n').length]).toEqual([1, 1]);
  expect(stderr).toContain(words);
});

test('a broker that does not answer is told in one line', async () => {
  const env = { PACT_BROKER_BASE_URL: 'http://127.0.0.1:1', PACT_BROKER_TOKEN: token, PACT_VERSION: 'a' };
  const { code, stderr } = await tell('publish', env);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The broker could not be asked: .+\n$/);
});
