// What the creates do when Gem refuses, fails, or is silent about a write that it made.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { applicationRecord, candidateRecord } from '../../support/gem-records.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';
import { startApi, type Api } from './support/api.ts';

const pdf = { name: 'a.pdf', type: 'CV', content_type: 'application/pdf', data: 'AAAA' };
const body = {
  candidate: { first_name: 'Mary', last_name: 'Shaw', email_address: 'mary@example.com' },
  application: { job_id: 'remote:job-1' },
  attachments: [pdf],
};

const application = applicationRecord('application-1', 'candidate-1');
const candidate = candidateRecord('candidate-1', {
  applications: [application],
  email_addresses: [{ type: 'personal', value: 'mary@example.com', is_primary: true }],
});

type Answerer = (request: IncomingMessage, response: ServerResponse) => boolean;

/** An API whose Gem has `job-1` stored here and answers by method and path. */
async function startWith(answers: Record<string, Answerer>): Promise<Api> {
  const stub = await startStubGem();
  stub.intercept = (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    return answers[`${request.method} ${path}`]?.(request, response) ?? false;
  };
  const api = await startApi({ gemUrl: stub.url });
  await api.rows.insert('ats_jobs', 'job-1');
  return api;
}

const refuse =
  (status: number, answered: unknown): Answerer =>
  (_, response) =>
    answer(response, status, answered);

const create = 'POST /ats/v0/candidates/';

test.each([
  [401, { code: 401, status: 'Unauthorized' }, 403, 'INTEGRATION.AUTHENTICATION_INVALID'],
  [403, { code: 403, status: 'Forbidden', message: 'no' }, 403, 'INTEGRATION.PERMISSION_MISSING'],
  [403, { message: 'Forbidden' }, 403, 'INTEGRATION.AUTHENTICATION_INVALID'],
  [404, { code: 404, status: 'Not Found' }, 400, 'REMOTE.INPUT_INVALID'],
  [405, { code: 405, status: 'Method Not Allowed' }, 502, 'REMOTE.UNKNOWN_HTTP_ERROR'],
  [422, { code: 422, status: 'Unprocessable Entity' }, 400, 'REMOTE.INPUT_INVALID'],
  [429, { message: 'Too Many Requests' }, 429, 'REMOTE.RATE_LIMIT_EXCEEDED'],
  [501, { code: 501, status: 'Not Implemented' }, 502, 'REMOTE.UNKNOWN_HTTP_ERROR'],
  [503, { message: 'Internal server error' }, 503, 'REMOTE.SERVICE_UNAVAILABLE'],
  [302, {}, 502, 'REMOTE.UNKNOWN_HTTP_ERROR'],
  // Gem has created something, and the call must not be repeated.
  [201, { nothing: 'known' }, 400, 'ATS.APPLICATION_ALREADY_EXISTS'],
  [201, { ...candidate, applications: [] }, 400, 'ATS.APPLICATION_ALREADY_EXISTS'],
])('an answer %s %j of Gem to a create becomes %s %s', async (given, answered, status, code) => {
  const api = await startWith({ [create]: refuse(given, answered) });
  const problem = await api.post('/v1/ats/candidates', body);
  expect([problem.status, problem.error.code]).toEqual([status, code]);
  expect(problem.text).not.toContain('a-secret-key-of-gem');
  expect(api.logged).toEqual([]);
});

test('a call that Gem does not offer is not called a failure of Gem', async () => {
  const gone = refuse(405, { code: 405, status: 'Method Not Allowed' });
  const api = await startWith({ [create]: gone });
  const { error } = await api.post('/v1/ats/candidates', body);
  expect(error.message).toContain('Gem does not offer');
});

test('the fields that Gem refuses are named', async () => {
  const errors = { json: { phone_number: ['Longer than maximum length 255.'] } };
  const api = await startWith({
    [create]: refuse(422, { code: 422, status: 'Unprocessable Entity', errors }),
  });
  const { error } = await api.post('/v1/ats/candidates', body);
  expect(error.message).toContain('phone_number: Longer than maximum length 255.');
});

test('a write whose answer got lost is found again, and is a success', async () => {
  let isThere = false;
  const api = await startWith({
    [create]: (_, response) => {
      isThere = true;
      response.destroy();
      return true;
    },
    'GET /ats/v0/candidates/': (_, response) => answer(response, 200, isThere ? [candidate] : []),
    'GET /ats/v0/candidates/candidate-1': refuse(200, candidate),
  });
  const { status, data } = await api.post('/v1/ats/candidates', body);
  expect([status, data['remote_id']]).toEqual([200, 'candidate-1']);
});

test('an application that was there before is not taken for the lost write', async () => {
  const api = await startWith({
    [create]: refuse(503, { message: 'Internal server error' }),
    'GET /ats/v0/candidates/': refuse(200, [candidate]),
  });
  await api.rows.insert('ats_applications', 'application-1');
  const { status, error } = await api.post('/v1/ats/candidates', body);
  expect([status, error.code]).toEqual([503, 'REMOTE.SERVICE_UNAVAILABLE']);
});

test('once the application exists, neither a failed upload nor a failed reading fails the call', async () => {
  const api = await startWith({
    [create]: refuse(201, candidate),
    'POST /v0/candidates/candidate-1/uploaded_resumes/user-1': refuse(500, {
      message: 'Internal server error',
    }),
    'GET /ats/v0/candidates/candidate-1': refuse(500, { message: 'Internal server error' }),
  });
  const { status, warnings } = await api.post('/v1/ats/candidates', body);
  expect([status, warnings]).toEqual([
    200,
    [{ message: expect.stringMatching(/^attachments\[0\] is not stored yet/) }],
  ]);
  expect(api.logged).toEqual([expect.stringContaining('could not read a candidate again')]);
  expect(await api.list('/v1/ats/applications')).toHaveLength(1);
});

test('a new application is the answer, though Gem does not list it yet', async () => {
  const api = await startWith({
    [create]: refuse(201, candidate),
    'GET /ats/v0/candidates/candidate-1': refuse(200, { ...candidate, applications: [] }),
  });
  const { data } = await api.post('/v1/ats/jobs/remote:job-1/applications', { candidate: body.candidate });
  expect(data['remote_id']).toBe('application-1');
});

test('an integration without an acting user stores no files and says so', async () => {
  const api = await startWith({
    [create]: refuse(201, candidate),
    'GET /ats/v0/candidates/candidate-1': refuse(200, candidate),
  });
  await api.database
    .updateTable('integrations')
    .set({ acting_user_id: null })
    .where('id', '=', api.integrationId)
    .execute();
  const { status, warnings } = await api.post('/v1/ats/candidates', body);
  expect([status, warnings]).toEqual([200, [{ message: expect.stringContaining('no acting user') }]]);
});

test('a person who was rejected for the job before gets the new application as the answer', async () => {
  const rejected = {
    ...application,
    id: 'application-0',
    status: 'rejected',
    applied_at: '2026-01-01T00:00:00.000Z',
  };
  const returning = { ...candidate, applications: [application, rejected] };
  const api = await startWith({
    [create]: refuse(201, returning),
    'GET /ats/v0/candidates/candidate-1': refuse(200, returning),
  });
  const { data } = await api.post('/v1/ats/jobs/remote:job-1/applications', { candidate: body.candidate });
  expect(data['remote_id']).toBe('application-1');
});
