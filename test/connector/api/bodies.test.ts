// Bodies that fit no description, in ways that a description cannot tell.
import { beforeEach, describe, expect, test } from 'vitest';
import { unifiedDescription } from '../../../contracts/unified.ts';
import { answer, startStubGem, type StubGem } from '../../support/stub-gem.ts';
import { startApi, type Api } from './support/api.ts';

let api: Api;
let stub: StubGem;
/** The bodies that Gem was sent. */
let sent: string[];
beforeEach(async () => {
  sent = [];
  stub = await startStubGem();
  stub.intercept = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      sent.push(Buffer.concat(chunks).toString());
      answer(response, 200, {});
    });
    return true;
  };
  api = await startApi({ gemUrl: stub.url });
});

const withBody = [...unifiedDescription.operations.values()].filter(({ body }) => body !== undefined);
const ids = { tool: 'gem', api: 'api', integration_id: '', category: 'ats' };

/** Calls an operation about the integration that is there. */
async function call(
  { method, path }: (typeof withBody)[number],
  init: { body?: NonNullable<RequestInit['body']>; headers?: Record<string, string>; duplex?: 'half' } = {},
) {
  const named: Record<string, string> = { ...ids, integration_id: api.integrationId };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(named[name] ?? 'x'));
  const { headers, ...rest } = init;
  const response = await fetch(`${api.url}/v1${filled}`, {
    method: method.toUpperCase(),
    headers: { Authorization: `Bearer ${api.apiKey}`, 'X-Integration-Id': api.integrationId, ...headers },
    ...rest,
  });
  const { error } = JSON.parse(await response.text());
  return { status: response.status, code: error?.code, message: String(error?.message) };
}

const json = { 'Content-Type': 'application/json' };
const invalid = { status: 400, code: 'PLATFORM.INPUT_INVALID' };

describe('every operation that takes a body', () => {
  test.each([
    ['no body', () => ({})],
    ['an empty body', () => ({ body: '', headers: json })],
    [
      'an empty body in chunks',
      () => ({ body: new Blob([]).stream(), headers: json, duplex: 'half' as const }),
    ],
  ])('says of %s what is missing, where one is needed', async (_, init) => {
    for (const operation of withBody.filter(({ body }) => body?.required)) {
      const answered = await call(operation, init());
      expect(answered, operation.id).toMatchObject(invalid);
      expect(answered.message, operation.id).toContain('missing');
    }
  });

  test.each([
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"x"'],
    ['a number', '1'],
    ['an object in an object, ten thousand times', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['a list in a list, a million times', `{"data":${'['.repeat(1_000_000)}`],
  ])('refuses %s', async (_, body) => {
    for (const operation of withBody) {
      expect(await call(operation, { body, headers: json }), operation.id).toMatchObject(invalid);
    }
  });

  test('refuses a body in letters of two bytes, and one of no type', async () => {
    const twoBytes = { 'Content-Type': 'application/json; charset=utf-16le' };
    for (const operation of withBody) {
      const wide = await call(operation, { body: Buffer.from('{}', 'utf16le'), headers: twoBytes });
      expect(wide, operation.id).toMatchObject(invalid);
      const { message } = await call(operation, { body: Buffer.from('{}') });
      expect(message, operation.id).toContain('Content-Type');
    }
  });

  test('takes keys that mean something to the language for keys', async () => {
    const body = '{"__proto__":{"candidate":1},"constructor":{"prototype":1}}';
    for (const operation of withBody.filter(({ id }) => id !== 'deleteIntegration')) {
      const { status } = await call(operation, { body, headers: json });
      expect(status, operation.id).toBeLessThan(500);
    }
    expect(api.logged).toEqual([]);
  });
});

describe('the character U+0000', () => {
  test.each([
    ['POST', '/connect/create-link', { end_user_email: 'a@example.com', end_user_organization_name: 'A\0' }],
    [
      'POST',
      '/connect/create-link',
      { end_user_email: 'a@example.com', end_user_organization_name: 'A', end_user_origin_id: '\0' },
    ],
    [
      'POST',
      '/ats/candidates',
      {
        candidate: { first_name: '\0', last_name: 'B', email_address: 'a@example.com' },
        application: { job_id: 'remote:\0' },
      },
    ],
    [
      'POST',
      '/ats/jobs/a%00b/applications',
      { candidate: { first_name: 'A', last_name: 'B', email_address: 'a@example.com' } },
    ],
    ['PUT', '/ats/applications/a%00b/stage', { stage_id: 'x' }],
    ['PUT', '/ats/applications/x/stage', { stage_id: 'remote:a\0' }],
    ['GET', '/ats/candidates?email=%00', undefined],
    ['GET', '/ats/users?ids=a,%00', undefined],
    ['GET', '/connect/integration-by-token/%00', undefined],
    ['GET', '/integrations/%00', undefined],
    ['DELETE', '/webhooks/%00', undefined],
  ])('is refused wherever it stands: %s %s', async (method, path, body) => {
    const response = await fetch(`${api.url}/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${api.apiKey}`, 'X-Integration-Id': api.integrationId, ...json },
      ...(body && {
        body: JSON.stringify({
          ...body,
          ...(path.startsWith('/connect') && { integration_category: 'ATS' }),
        }),
      }),
    });
    const { error } = JSON.parse(await response.text());
    expect([response.status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
    expect(api.logged).toEqual([]);
  });
});

describe('what is passed on to Gem', () => {
  const passThrough = (data: string) =>
    fetch(`${api.url}/v1/passthrough/gem/api`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${api.apiKey}`, 'X-Integration-Id': api.integrationId, ...json },
      body: `{"method":"POST","path":"/x","data":${data}}`,
    });

  test.each([
    '{"id":12345678901234567890123,"share":0.1000000000000000055,"all":1e400,"same":[1.0,-0,1E2,7]}',
    '9007199254740993',
    '{"__proto__":{"a":1},"constructor":{"prototype":2},"text":"\\u0000 \\ud800"}',
    `${'['.repeat(150)}${']'.repeat(150)}`,
  ])('comes as it was sent: %s', async (data) => {
    expect((await passThrough(data)).status).toBe(200);
    expect(sent).toEqual([data]);
  });

  test.each([
    '{ "id": 12345678901234567890123, "share": 0.1000000000000000055, "__proto__": 1, "a": 1, "a": 2 }',
    '9007199254740993',
    `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  ])('and what Gem answers comes back as it came: %s', async (data) => {
    stub.intercept = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(data);
      return true;
    };
    const answered = await passThrough('{}');
    expect(answered.status).toBe(200);
    expect(await answered.text()).toContain(`"data":${data}},"warnings":[]}`);
  });
});
