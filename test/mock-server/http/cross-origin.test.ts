// Pages of browser apps, and proxies in front.
import { expect, test } from 'vitest';
import type { MockGem, MockGemOptions } from '../../../mock-server/server.ts';
import { sendRaw } from '../../support/control.ts';
import { startGem } from '../../support/gem.ts';

const page = 'http://localhost:5173';

test('a page of another origin is told beforehand how to be let in, and so is whoever runs the server, once', async () => {
  const told: string[] = [];
  const gem = await startGem({ notify: (message) => told.push(message) });
  for (const path of ['/ats/v0/jobs/', '/_control/worlds', '/ats/v0/jobs/']) {
    const { status, headers, text } = await preflight(gem, page, path);
    expect(status).toBe(403);
    expect(text).toContain(`mock-gem with --cors ${page}`);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  }
  expect(told).toEqual([expect.stringContaining(`--cors ${page}`)]);
  // What it asks for without asking beforehand is answered; its browser keeps the answer from it.
  const answer = await get(gem, page);
  expect(answer.status).toBe(200);
  expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  expect(told).toHaveLength(1);
  await preflight(gem, 'http://"><script>', '/ats/v0/jobs/');
  expect(told).toHaveLength(1);
});

test('pages of the named origins may ask for everything and read every answer; no others may', async () => {
  const gem = await startGem({ cors: [page, 'https://app.example/'], notify: () => undefined });
  const beforehand = await preflight(gem, page, '/ats/v0/candidates/');
  expect(beforehand).toMatchObject({ status: 204, text: '' });
  expect(beforehand.headers).toMatchObject({
    'access-control-allow-origin': page,
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'x-api-key,content-type',
    vary: 'Origin, Access-Control-Request-Headers',
  });
  gem.world.faults.arm({ fault: 'status', status: 503, match: { path: '/ats/v0/offers/' } });
  for (const path of [
    '/ats/v0/jobs/',
    '/ats/v0/jobs/nobody',
    '/nothing',
    '/ats/v0/offers/',
    '/_control/worlds',
  ]) {
    const { headers } = await get(gem, 'https://app.example', path);
    expect([path, headers['access-control-allow-origin']]).toEqual([path, 'https://app.example']);
    expect(headers['access-control-expose-headers']).toContain('X-Pagination');
    expect(headers['vary']).toBe('Origin');
  }
  expect((await get(gem, undefined)).headers['vary']).toBe('Origin');
  expect((await get(gem, 'http://localhost:5174')).headers).not.toHaveProperty('access-control-allow-origin');
  expect((await preflight(gem, 'http://localhost:5174', '/ats/v0/jobs/')).status).toBe(403);
  expect((await get(gem, 'http://localhost:5174', '/_control/worlds')).status).toBe(403);
});

test('with * any page may ask Gem, and none may steer the emulator', async () => {
  const gem = await startGem({ cors: '*' });
  expect((await preflight(gem, page, '/ats/v0/jobs/')).headers).toHaveProperty(
    'access-control-allow-origin',
    '*',
  );
  expect((await get(gem, 'null')).headers).toHaveProperty('access-control-allow-origin', '*');
  expect(await get(gem, page, '/_control/worlds')).toMatchObject({ status: 403 });
});

test.each(['localhost:5173', 'http://localhost:5173/app', 'ftp://localhost', 'http://a@b', ''])(
  '"%s" is no origin, which is said at the start',
  async (cors) => {
    await expect(startGem({ cors })).rejects.toThrow('an origin looks like http://localhost:5173');
  },
);

test('links lead to where clients asked the proxy in front, if it is believed', async () => {
  const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'gem.example:8443, inner' };
  expect(await linked({ trustProxy: true }, headers)).toEqual(['https://gem.example:8443']);
  expect(await linked({ trustProxy: true }, { ...headers, 'X-Forwarded-Proto': 'gopher' })).toEqual([
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  ]);
  expect(await linked({}, headers)).toEqual(['http://asked.test']);
  expect(await linked({ trustProxy: true, publicUrl: 'https://public.example' }, headers)).toEqual([
    'https://public.example',
  ]);
});

function preflight(gem: MockGem, origin: string, path: string) {
  const headers = {
    Origin: origin,
    'Access-Control-Request-Method': 'GET',
    'Access-Control-Request-Headers': 'x-api-key,content-type',
  };
  return sendRaw(gem.url + path, { method: 'OPTIONS', headers });
}

function get(gem: MockGem, origin: string | undefined, path = '/ats/v0/jobs/') {
  const headers = { 'X-API-Key': gem.apiKey, ...(origin !== undefined && { Origin: origin }) };
  return sendRaw(gem.url + path, { headers });
}

/** Where the links of candidates lead. */
async function linked(options: MockGemOptions, headers: Record<string, string>): Promise<string[]> {
  const gem = await startGem(options);
  const { text } = await sendRaw(`${gem.url}/ats/v0/candidates/?per_page=500`, {
    headers: { 'X-API-Key': gem.apiKey, Host: 'asked.test', ...headers },
  });
  return [...new Set([...text.matchAll(/"url":"([^"]*?)\/attachments/g)].map(([, start]) => start ?? ''))];
}
