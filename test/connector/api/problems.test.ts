import { connect } from 'node:net';
import { sql } from 'kysely';
import { expect, onTestFinished, test, vi } from 'vitest';
import { UnifiedProblem, type ProblemCode } from '../../../connector/errors.ts';
import { unifiedDescription } from '../../../contracts/unified.ts';
import { instruments } from '../../../connector/observe/instruments.ts';
import { candidateRecord } from '../../support/gem-records.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';
import { startApi } from './support/api.ts';

test.each([
  ['no key', { Authorization: '' }],
  ['another scheme', { Authorization: 'Basic abc' }],
  ['a wrong key', { Authorization: 'Bearer mgc_wrong' }],
  ['a key behind another word', { Authorization: 'A Bearer mgc_right' }],
])('%s is answered with AUTHENTICATION_INVALID', async (_, headers) => {
  const { get } = await startApi();
  for (const path of ['/v1/ats/users', '/v1/check-api-key', '/v1/nowhere']) {
    const { status, error } = await get(path, headers);
    expect([status, error.code]).toEqual([401, 'PLATFORM.AUTHENTICATION_INVALID']);
  }
});

test('a key may stand behind several blanks, and with nothing behind it', async () => {
  const { get, apiKey } = await startApi();
  const statusOf = async (Authorization: string) =>
    (await get('/v1/check-api-key', { Authorization })).status;
  expect(await statusOf(`bearer   ${apiKey}  `)).toBe(200);
  expect(await statusOf(`Bearer ${apiKey} more`)).toBe(401);
  expect(await statusOf(`A Bearer ${apiKey}`)).toBe(401);
});

test('only a call that is about an integration needs one', async () => {
  const { get, integrationId } = await startApi();
  const without = { 'X-Integration-Id': '' };
  expect((await get(`/v1/integrations/${integrationId}/custom-fields`, without)).status).toBe(200);
  expect((await get('/v1/nowhere', without)).status).toBe(404);
});

test('what other tools have and Gem lacks is told by its name', async () => {
  const { url, apiKey, integrationId, environmentId, get } = await startApi();
  const headers = { Authorization: `Bearer ${apiKey}`, 'X-Integration-Id': integrationId };
  const lacks = {
    'GET /tags': 'has no tags.',
    'GET /offers': 'has no offers.',
    'GET /rejection-reasons': 'has no rejection reasons.',
    'GET /roles': 'has no roles.',
    'GET /notes': 'has no notes.',
    'POST /applications/x/notes': 'does not have the action of adding a note to an application.',
    'POST /applications/x/attachments': 'does not have the action of adding an attachment to an application.',
    'POST /applications/x/reject': 'does not have the action of rejecting an application.',
    'POST /applications/x/interviews': 'does not have the action of scheduling an interview.',
    'PATCH /applications/x/interviews': 'does not have the action of changing an interview.',
    'POST /candidates/x/attachments': 'does not have the action of adding an attachment to a candidate.',
    'POST /candidates/x/tags': 'does not have the action of adding a tag to a candidate.',
    'DELETE /candidates/x/tags': 'does not have the action of removing a tag from a candidate.',
    'POST /import-tracked-application': 'does not have the action of importing a tracked application.',
  };
  for (const [call, words] of Object.entries(lacks)) {
    const [method = '', path] = call.split(' ');
    const response = await fetch(`${url}/v1/ats${path}`, { method, headers });
    const { error } = (await response.json()) as { error: { message: string } };
    expect(error.message).toBe(`The connector for Gem ${words}`);
  }
  const checked = { status: 'success', data: { environment_id: environmentId } };
  expect(JSON.parse((await get('/v1/check-api-key')).text)).toEqual(checked);
});

test('an integration that is switched off answers no call that would read or write', async () => {
  const api = await startApi();
  await sql`update integrations set is_enabled = false where id = ${api.integrationId}`.execute(api.database);
  const { status, error } = await api.get('/v1/ats/jobs');
  expect([status, error.code]).toEqual([409, 'INTEGRATION.INACTIVE']);
  expect((await api.get(`/v1/integrations/${api.integrationId}`)).status).toBe(200);
});

test.each([
  ['/v1/ats/jobs/remote:%00/applications', {}, 'The path must not contain the character U+0000'],
  ['/v1/ats/jobs/remote:1/applications', { candidate: { tags: ['a', '\0'] } }, 'The body must not contain'],
  ['/v1/ats/jobs/remote:1/applications', { candidate: { 'a\0': 1 } }, 'The body must not contain'],
])('what no database holds is refused by its place: %s %j', async (path, more, message) => {
  const { post } = await startApi();
  const candidate = { first_name: 'Ada', last_name: 'Byron', email_address: 'ada@example.com' };
  const { candidate: extra, ...rest } = { candidate: {}, ...more };
  const { status, error } = await post(path, { candidate: { ...candidate, ...extra }, ...rest });
  expect([status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
  expect(error.message).toContain(message);
});

test('each action is counted with how it ended, and nothing else is', async () => {
  const stub = await startStubGem();
  stub.intercept = (request, response) =>
    request.url?.includes('/candidates/candidate-1') === true &&
    answer(response, 200, candidateRecord('candidate-1'));
  const { get, post, rows } = await startApi({ gemUrl: stub.url });
  const id = await rows.insert('ats_candidates', 'candidate-1');
  const counted = vi.spyOn(instruments.actions, 'add');
  onTestFinished(() => counted.mockRestore());
  await get(`/v1/ats/candidates/${id}/attachments`);
  await get('/v1/ats/candidates/unknown/attachments');
  await post(`/v1/ats/candidates/${id}/tags`, { name: 'good' });
  await post(`/v1/ats/candidates/${id}/result-links`, {});
  await get('/v1/ats/candidates');
  const actions = counted.mock.calls.map(([count, attributes]) => [count, attributes]);
  expect(actions).toEqual([
    [1, { action: 'getAtsCandidateAttachments', outcome: 'succeeded' }],
    [1, { action: 'getAtsCandidateAttachments', outcome: 'PLATFORM.INPUT_INVALID' }],
    [1, { action: 'createAtsCandidateTag', outcome: 'INTEGRATION.ACTION_NOT_AVAILABLE' }],
    [1, { action: 'addAtsCandidateResultLink', outcome: 'PLATFORM.INPUT_INVALID' }],
  ]);
});

test('a query that no database holds is refused by its place', async () => {
  const { get } = await startApi();
  const { status, error } = await get('/v1/ats/candidates?first_name=a%00b');
  expect([status, error.message]).toEqual([
    400,
    'The query must not contain the character U+0000, in no name and no value.',
  ]);
});

test.each([
  ['job_ids[]', 400, 'query job_ids[] must be called job_ids; several values stand in one, between commas.'],
  [
    'job_ids[12]',
    400,
    'query job_ids[12] must be called job_ids; several values stand in one, between commas.',
  ],
  ['job_ids[a]', 200, undefined],
  ['more[job_ids[]]', 200, undefined],
  ['nothing[]', 200, undefined],
])('a filter that is called %s is answered with %d', async (name, expected, message) => {
  const { get } = await startApi();
  const { status, error } = await get(`/v1/ats/candidates?${name}=a`);
  expect([status, error?.message]).toEqual([expected, message]);
});

test('the check of a key names its environment and needs no integration', async () => {
  const { get, environmentId } = await startApi();
  const { status, data } = await get('/v1/check-api-key', { 'X-Integration-Id': '' });
  expect([status, data]).toEqual([200, { environment_id: environmentId }]);
});

test('a missing integration is invalid input, an unknown one is not found', async () => {
  const { get } = await startApi();
  const other = await startApi();
  const missing = await get('/v1/ats/users', { 'X-Integration-Id': '' });
  const unknown = await get('/v1/ats/users', { 'X-Integration-Id': 'gem:8d1hpPsbjxUkoCoa1veLZGe5' });
  const foreign = await get('/v1/ats/users', { 'X-Integration-Id': other.integrationId });
  expect([missing.status, missing.error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
  expect(missing.error.message).toContain('X-Integration-Id');
  expect([unknown.status, unknown.error.code]).toEqual([404, 'PLATFORM.INTEGRATION_NOT_FOUND']);
  expect([foreign.status, foreign.error.code]).toEqual([404, 'PLATFORM.INTEGRATION_NOT_FOUND']);
});

test.each(['users', 'jobs', 'candidates', 'applications', 'interviews', 'application-stages'])(
  '/ats/%s waits for the first sync',
  async (path) => {
    const { get } = await startApi({ isSynced: false });
    const { status, error } = await get(`/v1/ats/${path}`);
    expect([status, error.code]).toEqual([409, 'INTEGRATION.SETUP_SYNC_PENDING']);
    expect(error.message).toContain('Repeat the call later');
  },
);

test.each([
  ...['tags', 'offers', 'rejection-reasons', 'roles', 'notes?candidate_ids=a&page_size=250'].map((path) => [
    'GET',
    path,
    'MODEL',
  ]),
  ...['notes', 'attachments', 'reject', 'interviews'].map((path) => [
    'POST',
    `applications/a/${path}`,
    'ACTION',
  ]),
  ['PATCH', 'applications/a/interviews', 'ACTION'],
  ...['attachments', 'tags'].map((path) => ['POST', `candidates/a/${path}`, 'ACTION']),
  ['DELETE', 'candidates/a/tags', 'ACTION'],
  ['POST', 'import-tracked-application', 'ACTION'],
])('%s /ats/%s, which other tools have and Gem has not, says so', async (method, path, what) => {
  const { url, apiKey, integrationId } = await startApi();
  const headers = { Authorization: `Bearer ${apiKey}`, 'X-Integration-Id': integrationId };
  const response = await fetch(`${url}/v1/ats/${path}`, { method: method ?? '', headers });
  const { error } = JSON.parse(await response.text());
  expect([response.status, error.code]).toEqual([400, `INTEGRATION.${what}_NOT_AVAILABLE`]);
});

test('paths and methods that do not exist are told apart, in the same shape', async () => {
  const { get, post } = await startApi();
  const answers = [await get('/v1/ats/nothing'), await get('/elsewhere'), await post('/v1/ats/users', {})];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 405]);
  for (const { error } of answers) {
    expect(error).toEqual({
      code: 'PLATFORM.INPUT_INVALID',
      title: 'Invalid input',
      message: expect.any(String),
      log_url: null,
    });
  }
});

test.each([
  ['JSON that is broken off', '{"candidate":', {}, 'not valid JSON'],
  [
    'another type',
    'candidate=1',
    { 'Content-Type': 'application/x-www-form-urlencoded' },
    'application/json',
  ],
  ['an unknown encoding', '{}', { 'Content-Encoding': 'secret' }, 'Content-Encoding'],
  ['what is not packed as it says', '{}', { 'Content-Encoding': 'gzip' }, 'cannot be unpacked'],
  ['more than the limit', `"${'x'.repeat(28_000_001)}"`, {}, 'too large'],
  ['no body', '', {}, 'body candidate is missing'],
])('a body of %s is invalid input', async (_, body, headers, advice) => {
  const { post } = await startApi();
  const { status, error } = await post('/v1/ats/candidates', body, headers);
  expect([status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
  expect(error.message).toContain(advice);
});

test('a path that cannot be decoded is invalid input', async () => {
  const { post } = await startApi();
  const { status, error } = await post('/v1/ats/jobs/%E0%A4%A/applications', {});
  expect([status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
});

test('every field that is wrong is named with its fix', async () => {
  const { post } = await startApi();
  const { error } = await post('/v1/ats/candidates', {
    candidate: { first_name: 1, email_address: 'nobody', social_links: [{ url: 'linkedin' }] },
    application: { job_id: 'job' },
    attachments: [{ name: 'a.pdf', type: 'PHOTO' }],
  });
  expect(error.message.split(/(?<=\.) /)).toEqual(
    expect.arrayContaining([
      'body candidate.first_name must be of type string.',
      'body candidate.last_name is missing; add it.',
      'body candidate.email_address must be a valid email address.',
      'body attachments[0].type must be one of CV, COVER_LETTER, OTHER.',
      'body application.job_id must look like 26vafvWSRmbhNcxJYqjCzuJg or remote:job-1.',
    ]),
  );
});

test('a defect is told to the operator and not to the caller', async () => {
  const { get, database, logged } = await startApi();
  await database.schema.alterTable('ats_interviews').renameTo('ats_interviews_away').execute();
  const { status, error, text } = await get('/v1/ats/interviews');
  await database.schema.alterTable('ats_interviews_away').renameTo('ats_interviews').execute();
  expect([status, error.code]).toEqual([500, 'PLATFORM.UNKNOWN_ERROR']);
  expect(text).not.toContain('ats_interviews');
  expect(logged.join('\n')).toContain('ats_interviews');
});

test('the statuses of the codes are those of the description', () => {
  const keys = ['components', 'schemas', 'ProblemCode', 'x-statuses'];
  const described = keys.reduce<unknown>(
    (node, key) => (typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined),
    unifiedDescription.document,
  );
  const codes = Object.keys(described ?? {}).filter(isCode);
  expect(codes).toHaveLength(24);
  expect(Object.fromEntries(codes.map((code) => [code, new UnifiedProblem(code, '').status]))).toEqual(
    Object.fromEntries(Object.entries(described ?? {}).map(([code, { status }]) => [code, status])),
  );
});

test('a caller who hangs up in the middle of a body harms nobody', async () => {
  const { url, get, integrationId, apiKey, logged } = await startApi();
  const { port } = new URL(url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        `POST /v1/ats/candidates HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${apiKey}\r\nX-Integration-Id: ${integrationId}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a`,
        () => setTimeout(() => socket.destroy(), 50),
      );
    });
    socket.once('close', () => resolve());
  });
  expect((await get('/v1/ats/users')).status).toBe(200);
  expect(logged).toEqual([]);
});

function isCode(code: string): code is ProblemCode {
  return /^[A-Z]+\.[A-Z_]+$/.test(code);
}
