import { describe, expect, test } from 'vitest';
import { answer, startStubGem, type StubGem } from '../../support/stub-gem.ts';
import { startApi, type Api } from '../api/support/api.ts';

interface Setting {
  stub: StubGem;
  api: Api;
  send: (body: object, path?: string) => ReturnType<Api['post']>;
}

/** An API whose Gem is a stub that repeats what it was sent, headers included. */
async function startWithEcho(): Promise<Setting> {
  const stub = await startStubGem();
  stub.intercept = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () =>
      answer(
        response,
        200,
        { headers: request.headers, body: Buffer.concat(chunks).toString() },
        { 'X-Echo': request.headers['x-api-key'], 'Set-Cookie': 'a=1' },
      ),
    );
    return true;
  };
  const api = await startApi({ gemUrl: stub.url });
  return { stub, api, send: (body, path = '/v1/passthrough/gem/api') => api.post(path, body) };
}

interface Echoed {
  status: number;
  headers: Record<string, unknown>;
  data: { headers: Record<string, string>; body: string };
}

describe('a passthrough request', () => {
  test('carries what the caller gave, and our credentials in place of theirs', async () => {
    const { stub, send } = await startWithEcho();
    const { status, data, warnings, text } = await send({
      method: 'POST',
      path: '/candidates/',
      headers: {
        'X-Custom': 'yes',
        'x-api-key': 'theirs',
        'X-Application-Secret': 'theirs',
        Authorization: 'Bearer theirs',
        Host: 'evil.example',
        Cookie: 'theirs=1',
        Connection: 'X-Api-Key',
        'Transfer-Encoding': 'chunked',
        X_Api_Key: 'theirs',
      },
      data: { a: 1 },
    });
    expect(status).toBe(200);
    const { headers, body } = (data as unknown as Echoed).data;
    expect(stub.requests[0]?.headers['x-api-key']).toBe('a-secret-key-of-gem');
    expect(headers).toMatchObject({ 'x-custom': 'yes', 'content-type': 'application/json' });
    expect(JSON.stringify(stub.requests[0]?.headers)).not.toContain('theirs');
    expect(headers['host']).toBe(new URL(stub.url).host);
    expect(body).toBe('{"a":1}');
    expect(warnings).toHaveLength(8);
    expect(text).not.toContain('a-secret-key-of-gem');
  });

  test('gives neither credentials nor cookies back, even if Gem repeats them', async () => {
    const { send } = await startWithEcho();
    for (const more of [{}, { response_as_base64: true }]) {
      const { data, text } = await send({ method: 'GET', path: '/jobs', ...more });
      const echoed = data as unknown as Echoed;
      expect(echoed.headers).toMatchObject({ 'x-echo': '[redacted]' });
      expect(echoed.headers['set-cookie']).toBeUndefined();
      const unpacked = text + Buffer.from(String(echoed.data), 'base64').toString();
      expect(unpacked).not.toContain('a-secret-key-of-gem');
    }
  });

  test.each([
    ['a string', { data: 'a=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, 'a=1'],
    ['a list', { data: [1] }, '[1]'],
    ['no body', {}, ''],
  ])('with %s is sent as it is', async (_, more, expected) => {
    const { send } = await startWithEcho();
    const { data } = await send({ method: 'PUT', path: '/x', ...more });
    expect((data as unknown as Echoed).data.body).toBe(expected);
  });

  test('with a form is sent in parts', async () => {
    const { send } = await startWithEcho();
    const file = {
      name: 'cv.pdf',
      content_type: 'application/pdf',
      data: Buffer.from('%PDF').toString('base64'),
    };
    const { data } = await send({
      method: 'POST',
      path: '/x',
      headers: { 'content-type': 'multipart/form-data' },
      multipart_form_data: [
        { name: 'text', value: 'words' },
        { name: 'resume_file', value: file },
      ],
    });
    const { headers, body } = (data as unknown as Echoed).data;
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(body).toContain('name="text"\r\n\r\nwords');
    expect(body).toContain('filename="cv.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF');
  });

  test.each([
    ['a path that leads away', { path: '/../../v0/users' }],
    ['an absolute address', { path: '//evil.example/' }],
    ['a header with a line end', { path: '/x', headers: { 'X-A': 'b\r\nX-Api-Key: c' } }],
    ['a header without a name', { path: '/x', headers: { '': 'b' } }],
    ['a body with GET', { path: '/x', data: {} }],
    [
      'two bodies',
      { path: '/x', method: 'POST', data: {}, multipart_form_data: [{ name: 'a', value: 'b' }] },
    ],
    ['an unknown method', { path: '/x', method: 'TRACE' }],
    [
      'a file without content',
      { path: '/x', method: 'POST', multipart_form_data: [{ name: 'a', value: { name: 'b' } }] },
    ],
  ])('with %s is refused, and nothing is sent', async (_, body) => {
    const { stub, send } = await startWithEcho();
    const { status, error } = await send({ method: 'GET', ...body });
    expect([status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
    expect(stub.requests).toEqual([]);
  });

  test.each(['/v1/passthrough/greenhouse/api', '/v1/passthrough/gem/job_board'])(
    'to %s is refused',
    async (path) => {
      const { send } = await startWithEcho();
      const { status, error } = await send({ method: 'GET', path: '/x' }, path);
      expect([status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
    },
  );
});

describe('what Gem answers', () => {
  test.each([404, 429, 500])('with status %s is told inside a success, and asked for once', async (given) => {
    const { stub, send } = await startWithEcho();
    stub.intercept = (_, response) => answer(response, given, { message: 'no' });
    const { status, data } = await send({ method: 'GET', path: '/x' });
    expect([status, data]).toMatchObject([200, { status: given, data: { message: 'no' } }]);
    expect(stub.requests).toHaveLength(1);
  });

  test('as a redirect is told and not followed', async () => {
    const { stub, send } = await startWithEcho();
    const elsewhere = await startStubGem();
    stub.intercept = (_, response) => {
      response.writeHead(302, { Location: `${elsewhere.url}/stolen` }).end();
      return true;
    };
    const { data } = await send({ method: 'GET', path: '/x' });
    expect(data).toMatchObject({ status: 302, headers: { location: `${elsewhere.url}/stolen` } });
    expect([stub.requests.length, elsewhere.requests.length]).toEqual([1, 0]);
  });

  test('in words is a string, in base64 if that is asked for', async () => {
    const { stub, send } = await startWithEcho();
    stub.intercept = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/pdf' }).end('%PDF é');
      return true;
    };
    expect((await send({ method: 'GET', path: '/x' })).data).toMatchObject({ data: '%PDF é' });
    const { data } = await send({ method: 'GET', path: '/x', response_as_base64: true });
    expect(data).toMatchObject({ data: Buffer.from('%PDF é').toString('base64') });
  });

  test('beyond all measure, or not at all, is a problem of a kind that general calls may have', async () => {
    const { stub, send } = await startWithEcho();
    stub.intercept = (_, response) => {
      response.writeHead(200).end(Buffer.alloc(20_000_001, 'x'));
      return true;
    };
    const large = await send({ method: 'GET', path: '/x' });
    expect([large.status, large.error.code]).toEqual([502, null]);
    stub.intercept = (request) => {
      request.destroy();
      return true;
    };
    const silent = await send({ method: 'POST', path: '/x' });
    expect([silent.status, silent.error.code]).toEqual([503, null]);
    expect(silent.text).not.toContain('a-secret-key-of-gem');
  });
});

test('a call that names no integration is told so', async () => {
  const { api } = await startWithEcho();
  const answers = [
    await api.post('/v1/passthrough/gem/api', { method: 'GET', path: '/x' }, { 'X-Integration-Id': '' }),
    await api.post('/v1/passthrough/gem/api', { method: 'GET', path: '/x' }, { 'X-Integration-Id': 'gem:1' }),
  ];
  expect(answers.map(({ status, error }) => [status, error.code])).toEqual([
    [400, 'PLATFORM.INPUT_INVALID'],
    [404, 'PLATFORM.INTEGRATION_NOT_FOUND'],
  ]);
});
