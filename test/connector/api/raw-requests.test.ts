// What comes over the wire in other forms than clients send it: each is answered in Kombo's shape, or not at all.
import { connect } from 'node:net';
import express from 'express';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openFrontDoor } from '../../../connector/api/front-door.ts';
import { listen } from '../../../contracts/server/listen.ts';
import { startApi, type Api } from './support/api.ts';

let api: Api;
beforeEach(async () => {
  api = await startApi();
});

interface RawAnswer {
  status: number;
  headers: string;
  body: string;
}

/** Sends bytes, and reads all that comes back until the server ends the connection. */
async function send(text: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(api.url);
  const received = await new Promise<string>((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(Buffer.from(text, 'latin1')));
    socket.on('data', (chunk) => chunks.push(chunk)).on('error', reject);
    socket.on('end', () => socket.end()).on('close', () => resolve(Buffer.concat(chunks).toString()));
  });
  const [, status = ''] = /^HTTP\/1\.1 (\d+) /.exec(received) ?? [];
  const [headers = '', body = ''] = received.split('\r\n\r\n');
  return { status: Number(status), headers, body };
}

const keyed = () =>
  `Host: x\r\nConnection: close\r\nAuthorization: Bearer ${api.apiKey}\r\nX-Integration-Id: ${api.integrationId}\r\n`;

const problem = {
  status: 'error',
  error: {
    code: 'PLATFORM.INPUT_INVALID',
    title: 'Invalid input',
    message: expect.any(String),
    log_url: null,
  },
};

describe('what is no request', () => {
  test.each([
    ['a first line without sense', 400, 'nonsense\r\n\r\n'],
    ['a method that does not exist', 400, 'FETCH / HTTP/1.1\r\nHost: x\r\n\r\n'],
    [
      'a header with NUL in it',
      400,
      'GET /v1/ats/users HTTP/1.1\r\nHost: x\r\nX-Integration-Id: a\0b\r\n\r\n',
    ],
    [
      'two lengths',
      400,
      'POST /v1/force-sync HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}',
    ],
    ['no host', 400, 'GET /v1/ats/users HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a tunnel', 400, 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n'],
    ['headers of a megabyte', 431, `GET /${'x'.repeat(1_000_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ])('%s is answered in the shape of all problems', async (_, status, text) => {
    const answer = await send(text);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual(problem);
    expect(answer.headers).toMatch(/^X-Content-Type-Options: nosniff$/im);
    expect(answer.headers).toMatch(/^Cache-Control: no-store$/im);
    expect(answer.headers).toMatch(/^Content-Type: application\/json$/im);
    expect(answer.headers).toMatch(/^Connection: close$/im);
  });

  test('says what is missing, where the version of HTTP wants a host; an older one wants none', async () => {
    const { body } = await send('GET /v1/ats/users HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(JSON.parse(body).error.message).toBe('The header Host is missing.');
    const key = `Authorization: Bearer ${api.apiKey}`;
    expect((await send(`GET /v1/check-api-key HTTP/1.0\r\n${key}\r\n\r\n`)).status).toBe(200);
  });

  test('a body whose chunks have no length is answered so too', async () => {
    const head = `POST /v1/force-sync HTTP/1.1\r\n${keyed()}Content-Type: application/json\r\n`;
    const answer = await send(`${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([400, problem]);
  });

  test('nonsense behind a request does not harm the answer to it', async () => {
    const first = `GET /v1/check-api-key HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.apiKey}\r\n\r\n`;
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname, () => socket.write(first));
    const received = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
        if (text.endsWith('}}') && !text.includes('400 Bad')) socket.write('nonsense\r\n\r\n');
      });
      socket.on('end', () => socket.end()).on('close', () => resolve(text));
    });
    expect(received).toMatch(
      /^HTTP\/1\.1 200 OK[^]*environment_id[^]*HTTP\/1\.1 400 Bad Request[^]*INPUT_INVALID/,
    );
  });

  test('none of it is told to the operator, and the server goes on', async () => {
    await send('nonsense\r\n\r\n');
    expect((await api.get('/v1/check-api-key')).status).toBe(200);
    expect(api.logged).toEqual([]);
  });
});

test('an answer that breaks off has no end, and what the framework refuses tells where its log is', async () => {
  const app = express();
  app.get('/broken', (_request, response, next) => {
    response.writeHead(200, { 'Content-Length': 10 });
    response.write('half');
    next(new Error('a defect'));
  });
  const listener = openFrontDoor(app, () => {}, 'https://logs.example/of');
  const { url, close } = await listen({ host: '127.0.0.1', port: 0 }, () => listener);
  onTestFinished(close);
  await expect(fetch(`${url}/broken`).then((response) => response.text())).rejects.toThrow('terminated');
  const { error } = (await (await fetch(`${url}/nowhere`)).json()) as { error: { log_url: string } };
  expect(error.log_url).toBe('https://logs.example/of');
});

describe('an address in another form', () => {
  test.each([
    ['with two slashes', 'GET //v1/ats/users', 404],
    ['with two slashes inside', 'GET /v1//ats/users', 404],
    ['with a broken escape', 'GET /v1/ats/users/%zz', 404],
    ['with a broken escape where a part is read', 'GET /v1/integrations/%zz', 400],
    ['with a broken escape of a file', 'GET /files/%zz', 400],
    ['with NUL where a part is read', 'GET /v1/integrations/a%00b', 400],
    ['that is no address', 'GET http://[/v1', 404],
    ['that is nothing', 'OPTIONS *', 404],
    ['with a method that is not there', 'PROPFIND /v1/ats/users', 405],
    ['with OPTIONS', 'OPTIONS /v1/ats/users', 405],
    ['with TRACE', 'TRACE /health', 404],
  ])('%s is answered in the shape of all problems', async (_, line, status) => {
    const answer = await send(`${line} HTTP/1.1\r\n${keyed()}\r\n`);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, problem]);
  });

  test.each([
    ['with a slash at its end', 'GET /v1/check-api-key/'],
    ['as a proxy is asked', 'GET http://elsewhere.example/v1/check-api-key'],
    [
      'with an expectation that is not known',
      'GET /v1/check-api-key HTTP/1.1\r\nExpect: wonders\r\nX-Rest: ',
    ],
  ])('%s is the same address', async (_, line) => {
    const { status, body } = await send(`${line} HTTP/1.1\r\n${keyed()}\r\n`);
    expect([status, body]).toEqual([200, expect.stringContaining(api.environmentId)]);
  });

  test('with HEAD has the headers of GET, and no body', async () => {
    const answer = await send(`HEAD /v1/ats/users HTTP/1.1\r\n${keyed()}\r\n`);
    expect([answer.status, answer.body]).toEqual([200, '']);
    expect(answer.headers).toMatch(/Content-Length: 54/);
  });

  test('of an integration that cannot be decoded is an integration that is not there', async () => {
    const { status, error } = await api.get('/v1/ats/users', { 'X-Integration-Id': '%zz' });
    expect([status, error.code]).toEqual([404, 'PLATFORM.INTEGRATION_NOT_FOUND']);
  });
});

describe('a filter with many values', () => {
  const named = (count: number) => Array.from({ length: count }, (_, index) => `${index}`.padStart(24, '0'));

  test.each([
    ['between commas', (ids: string[]) => `ids=${ids.join('%2C')}&page_size=1`],
    ['one by one', (ids: string[]) => `${ids.map((id) => `ids=${id}`).join('&')}&page_size=1`],
  ])('takes a thousand %s, and what stands behind them', async (_, write) => {
    const ids = [await api.rows.insert('ats_users', 'u1'), await api.rows.insert('ats_users', 'u2')];
    const { status, data } = await api.get(`/v1/ats/users?${write([...named(998), ...ids])}`);
    expect([status, data.results.map(({ id }) => id)]).toEqual([200, [ids[0]]]);
    expect(data.next).not.toBeNull();
  });

  test('does not take more, and says how many it takes', async () => {
    const { status, error } = await api.get(`/v1/ats/users?ids=${named(1001).join(',')}`);
    expect([status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
    expect(error.message).toContain('query ids must not have more than 1000 values');
  });

  test.each(['ids[]', 'ids[0]', 'remote_ids[12]', 'page_size[]'])(
    'called %s is refused, for it would filter nothing',
    async (name) => {
      const { status, error } = await api.get(`/v1/ats/users?${encodeURIComponent(name)}=a`);
      expect([status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
      expect(error.message).toContain(`query ${name} must be called ${name.split('[')[0]}`);
    },
  );
});
