import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readUrl } from '../../../mock-server/cli/arguments.ts';
import { startMockGem, type MockGemOptions } from '../../../mock-server/server.ts';

async function start(options: MockGemOptions = {}) {
  const gem = await startMockGem({ port: 0, ...options });
  onTestFinished(() => gem.close());
  return gem;
}

/** A connector that answers with what it was sent. */
function startEcho(): Promise<string> {
  return startConnector((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const { authorization, 'x-integration-id': integration } = request.headers;
      response.writeHead(request.method === 'POST' ? 201 : 200, { 'Content-Type': 'application/json' });
      response.end(
        JSON.stringify({ method: request.method, url: request.url, authorization, integration, body }),
      );
    });
  });
}

async function startConnector(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

/** Asks for a path that `fetch` would tidy up first. */
async function askAsItStands(method: string, url: string, path: string) {
  const { hostname, port } = new URL(url);
  const sent = request({ hostname, port, method, path }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, text: (await answer.toArray()).join('') };
}

test('the console is a page under a policy that lets in nothing from elsewhere and no style or script of a record', async () => {
  const { url } = await start();
  for (const path of ['', '/worlds', '/world/default/records/candidates']) {
    const response = await fetch(`${url}/_console${path}`);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w+/=]+'; connect-src 'self';/,
    );
    expect(policy).not.toContain('unsafe');
  }
  const nonces = await Promise.all(
    [1, 2].map(async () => (await fetch(`${url}/_console`)).headers.get('content-security-policy')),
  );
  expect(nonces[0]).not.toBe(nonces[1]);
});

test('what the console has not is answered as the control API does, and Gem’s API is as it was', async () => {
  const { url } = await start();
  expect((await fetch(`${url}/_console/assets/gone.js`)).status).toBe(404);
  expect((await fetch(`${url}/_console/worlds`, { method: 'POST' })).status).toBe(405);
  expect((await fetch(`${url}/_consoles`)).status).toBe(403);
});

test('without the control API there is no console', async () => {
  const { url } = await start({ control: false });
  for (const path of ['/_console', '/_console/settings', '/_console/connector/integrations']) {
    expect((await fetch(url + path)).status).toBe(403);
  }
});

test('calls of the connector are passed on with its key, which the browser never learns', async () => {
  const connector = await startEcho();
  const { url } = await start({
    consoleConnector: () => ({ url: connector, apiKey: 'a-key', integrationId: 'gem:1' }),
  });
  const settings = await fetch(`${url}/_console/settings`);
  expect(await settings.json()).toEqual({ connector: { url: connector, integration_id: 'gem:1' } });
  const answer = await fetch(`${url}/_console/connector/ats/jobs?page_size=2`, {
    method: 'POST',
    headers: { 'X-Integration-Id': 'gem:1', 'Content-Type': 'application/json' },
    body: '{"a":1}',
  });
  expect(answer.status).toBe(201);
  expect(await answer.json()).toEqual({
    method: 'POST',
    url: '/v1/ats/jobs?page_size=2',
    authorization: 'Bearer a-key',
    integration: 'gem:1',
    body: '{"a":1}',
  });
});

test('a connector that is not there, or does not answer, is told of in words', async () => {
  const none = await start();
  const without = await fetch(`${none.url}/_console/connector/integrations`);
  expect(without.status).toBe(404);
  expect(await without.json()).toMatchObject({ message: expect.stringContaining('--console-connector') });
  const { url } = await start({
    consoleConnector: () => ({ url: 'http://127.0.0.1:9/v1', apiKey: 'a-key' }),
  });
  const answer = await fetch(`${url}/_console/connector/integrations`);
  expect(answer.status).toBe(502);
  expect(await answer.text()).not.toContain('a-key');
});

test('pages of other origins, and callers without the token, reach neither settings nor connector', async () => {
  const connector = await startEcho();
  const consoleConnector = () => ({ url: connector, apiKey: 'a-key' });
  const open = await start({ consoleConnector });
  const locked = await start({ consoleConnector, controlToken: 'let-me-in' });
  for (const path of ['/_console/settings', '/_console/connector/integrations']) {
    const foreign = await fetch(open.url + path, { headers: { Origin: 'https://evil.example' } });
    expect(foreign.status).toBe(403);
    expect((await fetch(locked.url + path)).status).toBe(401);
    const headers = { Authorization: 'Bearer let-me-in' };
    expect((await fetch(locked.url + path, { headers })).status).toBe(200);
  }
});

test.each([
  ['GET', '/../health', 404, /leads out of http.*\/v1, beyond which/],
  ['GET', '/%2e%2e/docs', 404, /leads out of/],
  ['GET', '/ats/../../health', 404, /leads out of/],
  ['GET', '/\\..\\..\\health', 404, /leads out of/],
  ['TRACE', '/integrations', 405, /GET, HEAD, POST/],
  ['PROPFIND', '/integrations', 405, /GET, HEAD, POST/],
])('%s %s is not passed on: the key is for the unified API alone', async (method, path, status, words) => {
  const connector = await startEcho();
  const { url } = await start({ consoleConnector: () => ({ url: connector, apiKey: 'a-key' }) });
  const answer = await askAsItStands(method, url, `/_console/connector${path}`);
  expect(answer).toMatchObject({ status, text: expect.stringMatching(words) });
  expect(answer.text).not.toContain('a-key');
});

test('what a connector answers is no page of the emulator, whatever it says it is', async () => {
  const connector = await startConnector((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': 'a=b' }).end('<script></script>');
  });
  const { url } = await start({ consoleConnector: () => ({ url: connector, apiKey: 'a-key' }) });
  const { headers } = await fetch(`${url}/_console/connector/integrations`);
  expect(headers.get('content-security-policy')).toBe(`default-src 'none'; sandbox`);
  expect([headers.get('x-content-type-options'), headers.get('set-cookie')]).toEqual(['nosniff', null]);
});

test('a connector that never answers is left once the caller has left', async () => {
  const [asked, left] = [Promise.withResolvers<undefined>(), Promise.withResolvers<string>()];
  const connector = await startConnector((_request, response) => {
    response.once('close', () => left.resolve('left'));
    asked.resolve(undefined);
  });
  const { url } = await start({ consoleConnector: () => ({ url: connector, apiKey: 'a-key' }) });
  const caller = new AbortController();
  const call = fetch(`${url}/_console/connector/integrations`, { signal: caller.signal });
  await asked.promise;
  caller.abort();
  await expect(call).rejects.toThrow(/aborted/);
  expect(await left.promise).toBe('left');
});

test.each([
  'http://me:secret@127.0.0.1:1/v1',
  'http://127.0.0.1:1/v1?key=secret',
  'file:///v1',
  '127.0.0.1:1',
])('%s is no address of a connector, for the console shows where it is', (address) => {
  expect(() => readUrl(address)).toThrow(/looks like http:.* without a password/);
  expect(readUrl('http://127.0.0.1:1/v1')).toBe('http://127.0.0.1:1/v1');
});
