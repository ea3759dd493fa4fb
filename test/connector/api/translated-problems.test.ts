// What becomes of each error on its way to the caller, without a server.
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ownUrl } from '../../../connector/api/admission.ts';
import { frontDoorSettings } from '../../../connector/api/front-door.ts';
import { toAnswer } from '../../../connector/api/problems.ts';
import { createTimeLimit } from '../../../connector/api/time-limit.ts';
import { invalidInput, noActingUser, withoutCategory } from '../../../connector/errors.ts';
import {
  GemAnswerUnreadable,
  GemForbids,
  GemLacksOperation,
  GemNotFound,
  GemRefusedInput,
  GemRefusedKey,
  GemThrottled,
  GemUnavailable,
} from '../../../connector/gem/errors.ts';
import { DatabaseUnreachable } from '../../../connector/store/outage.ts';
import { InvalidRequest } from '../../../contracts/server/layers.ts';
import { unifiedDescription } from '../../../contracts/unified.ts';
import type { Violation } from '../../../contracts/validator.ts';

/** The answer to an error, and what the operator was told of it. */
function answered(error: unknown, operationId?: string) {
  const logged: string[] = [];
  const operation = unifiedDescription.operations.get(operationId ?? '');
  const { status, body, headers } = toAnswer(error, (message) => logged.push(message), { operation });
  return { status, headers, logged, ...(body as { error: { code: string | null; message: string } }).error };
}

function violation(keyword: string, schema: object = {}, path: string[] = ['field']): Violation {
  const { location, value, message } = { location: 'query' as const, value: undefined, message: '' };
  return { location, path, keyword, params: {}, schema: { ...schema }, value, message };
}

const told = (...violations: Violation[]) => answered(new InvalidRequest(violations)).message;

describe('what a request lacks is told with what mends it', () => {
  test.each([
    ['enum', { enum: ['A', 'B'] }, 'query field must be one of A, B.'],
    ['minimum', { minimum: 1 }, 'query field must be at least 1.'],
    ['maximum', { maximum: 9 }, 'query field must be at most 9.'],
    ['maximum', { minimum: 1, maximum: 9 }, 'query field must be between 1 and 9.'],
    [
      'maxItems',
      { maxItems: 3 },
      'query field must not have more than 3 values; ask for the others in another call.',
    ],
    ['minItems', { minItems: 1 }, 'query field must have at least 1 value.'],
    ['minItems', { minItems: 2 }, 'query field must have at least 2 values.'],
    ['minLength', { minLength: 1 }, 'query field must not be empty.'],
    ['maxLength', { maxLength: 5 }, 'query field must not have more than 5 characters.'],
    ['oneOf', {}, 'query field must have one of the forms that the description names.'],
    ['type', { type: ['string', 'null'] }, 'query field must be of type string, null.'],
    ['format', { format: 'email' }, 'query field must be a valid email address.'],
    ['format', { format: 'idn-email' }, 'query field must be a valid email address.'],
    [
      'format',
      { format: 'uri' },
      'query field must be a valid address with a scheme, as in https://example.com/file.pdf.',
    ],
    [
      'format',
      { format: 'iri' },
      'query field must be a valid address with a scheme, as in https://example.com/file.pdf.',
    ],
    ['format', { format: 'date' }, 'query field must be a valid date.'],
    ['pattern', { pattern: '^a$' }, 'query field must match ^a$.'],
    ['pattern', { pattern: '^.$', examples: ['a', 'b'] }, 'query field must look like a or b.'],
    ['required', {}, 'query field is missing; add it.'],
    ['additionalProperties', {}, 'query field is unknown; remove it.'],
    ['another rule', {}, 'query field is not what it may be.'],
  ])('%s %j', (keyword, schema, message) => {
    expect(told(violation(keyword, schema))).toBe(message);
  });

  test('each field by its place, once', () => {
    const missing = violation('required', {}, ['list', '10', 'name1', '2']);
    expect(told(missing, missing)).toBe('query list[10].name1[2] is missing; add it.');
    expect(told({ ...violation('type', { type: 'object' }, []), location: 'json' })).toBe(
      'The body must be of type object.',
    );
    expect(told(violation('required', {}, ['a1']), violation('required', {}, ['1a']))).toBe(
      'query a1 is missing; add it. query 1a is missing; add it.',
    );
    const places = ['path', 'headers', 'form', 'files', 'answer'] as const;
    const named = places.map((location) => told({ ...violation('required'), location }).split(' ')[0]);
    expect(named).toEqual(['path', 'header', 'body', 'body', 'answer']);
  });
});

describe('what Gem answered', () => {
  const refused = (errors: unknown) =>
    new GemRefusedInput('createCandidate', 'Gem refused the input: no', {
      status: 400,
      problem: { code: 400, status: 'Bad Request', message: 'no', errors } as never,
    });

  test.each([
    [new GemRefusedKey('listJobs', 'refused'), 'INTEGRATION.AUTHENTICATION_INVALID'],
    [new GemForbids('listJobs', 'not permitted'), 'INTEGRATION.PERMISSION_MISSING'],
    [refused({}), 'REMOTE.INPUT_INVALID'],
    [new GemNotFound('getJob', 'none'), 'REMOTE.INPUT_INVALID'],
    [new GemThrottled('listJobs', 'throttled'), 'REMOTE.RATE_LIMIT_EXCEEDED'],
    [new GemUnavailable('listJobs', 'down'), 'REMOTE.SERVICE_UNAVAILABLE'],
    [new GemLacksOperation('listJobs', 'no such route'), 'REMOTE.UNKNOWN_HTTP_ERROR'],
    [new GemAnswerUnreadable('listJobs', 'garbled'), 'REMOTE.UNKNOWN_HTTP_ERROR'],
  ])('is no defect of the connector: %s', (error, code) => {
    expect(answered(error)).toMatchObject({ code, logged: [], headers: undefined });
  });

  test('is told as a lack where Gem has no such operation, and else as garbled', () => {
    expect(answered(new GemLacksOperation('listJobs', 'x')).message).not.toContain('understood');
    expect(answered(new GemAnswerUnreadable('listJobs', 'x')).message).toContain('understood');
  });

  test('is told with the fields that Gem names, of which only the texts are meant for people', () => {
    const errors = { json: { email: ['is taken', 'is long'], rule: { maximum: 1 }, job_id: ['is gone'] } };
    expect(answered(refused(errors)).message).toBe(
      'Gem refused the input: no. email: is taken email: is long job_id: is gone',
    );
    for (const odd of [undefined, { json: null, query: ['a'], form: 'text' }]) {
      expect(answered(refused(odd)).message).toBe('Gem refused the input: no.');
    }
    const silent = { status: 400, problem: undefined };
    expect(answered(new GemRefusedInput('getJob', 'Gem refused it', silent)).message).toBe('Gem refused it.');
  });
});

describe('an error', () => {
  test('of a general call has no code but those of the platform', () => {
    expect(answered(noActingUser(), 'getAtsJobs').code).toBe('INTEGRATION.SETUP_INCOMPLETE');
    expect(answered(noActingUser(), 'getIntegration').code).toBeNull();
    expect(answered(invalidInput('wrong'), 'getIntegration').code).toBe('PLATFORM.INPUT_INVALID');
    expect(answered(withoutCategory('none', 409), 'getIntegration')).toMatchObject({
      status: 409,
      code: null,
    });
  });

  test('that is a defect is told to the operator alone', () => {
    for (const defect of [
      new Error('secret'),
      'secret',
      Object.assign(new Error('secret'), { expose: false }),
    ]) {
      const { code, message, logged } = answered(defect);
      expect([code, logged]).toEqual(['PLATFORM.UNKNOWN_ERROR', ['a call to the unified API failed']]);
      expect(message).not.toContain('secret');
    }
  });

  test('of an outage of the database says when to repeat the call, and is logged elsewhere', () => {
    const away = new DatabaseUnreachable({ cause: new Error('gone') });
    const message = expect.stringContaining('database');
    expect(answered(away)).toMatchObject({ headers: { 'Retry-After': '5' }, logged: [], message });
  });

  test.each([
    [new URIError('malformed'), 'The path cannot be decoded; percent-encode its segments as UTF-8.'],
    [Object.assign(new Error('x'), { type: 'entity.parse.failed' }), 'The body is not valid JSON.'],
    [Object.assign(new Error('x'), { type: 'request.aborted' }), 'The body broke off before its end.'],
    [
      Object.assign(new Error('x'), { type: 'entity.too.deep' }),
      'The body is nested too deeply; at most 200 arrays and objects may lie in one another.',
    ],
    [
      Object.assign(new Error('x'), { type: 'charset.unsupported' }),
      'The charset of the body is not supported; send UTF-8.',
    ],
    [
      Object.assign(new Error('x'), { type: 'request.size.invalid' }),
      'The body does not have the length that Content-Length says.',
    ],
    [
      Object.assign(new Error('x'), { expose: true }),
      'The body cannot be unpacked as its Content-Encoding says.',
    ],
  ])('of a body or path that cannot be read is the caller’s: %s', (error, message) => {
    expect(answered(error)).toMatchObject({ code: 'PLATFORM.INPUT_INVALID', message, logged: [] });
  });
});

test.each([
  ['HPE_HEADER_OVERFLOW', 431, 'The address and the headers together have more than 262144 bytes.'],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413, 'The chunks of the body have extensions that are too long.'],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408, 'The request did not come to its end in time.'],
  ['CONNECT', 400, 'This server is no proxy.'],
  ['HPE_INVALID_METHOD', 400, 'This is no request that HTTP knows.'],
])('what is no request, as with %s, is answered with %i', (code, status, message) => {
  const answer = frontDoorSettings(() => {}).answerUnparsed?.(code);
  expect(answer).toMatchObject({
    status,
    headers: { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' },
    body: { error: { code: 'PLATFORM.INPUT_INVALID', message: expect.stringContaining(message) } },
  });
});

test.each([
  ['https', 'unified.example:8443', 'https://unified.example:8443'],
  ['http', undefined, 'http://localhost'],
  ['http', 'no host', 'http://localhost'],
])('the address that was called with %s and the host %s is %s', (protocol, host, url) => {
  expect(ownUrl({ protocol, get: () => host } as never)).toBe(url);
});

describe('a time limit', () => {
  test('lets an action end that is quick, and gives what it throws', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const logged: string[] = [];
    const within = createTimeLimit({ milliseconds: 60_000, log: (message) => logged.push(message) });
    expect(await within('one', () => 'done')).toBe('done');
    await expect(within('one', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    vi.advanceTimersByTime(60_000);
    expect(logged).toEqual([]);
  });

  test('tells the caller of a slow one, and goes on with it', async () => {
    const logged: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const rests: Promise<void>[] = [];
    const log = (message: string, error?: unknown) => logged.push(`${message} ${String(error)}`);
    const within = createTimeLimit({ milliseconds: 1, log, onGoingOn: (rest) => rests.push(rest) });
    const late = { code: 'PLATFORM.TASK_TIMED_OUT' };
    await expect(within('one', () => promise)).rejects.toMatchObject(late);
    await expect(
      within('two', () => promise.then(() => Promise.reject(new Error('no')))),
    ).rejects.toMatchObject(late);
    expect(rests).toHaveLength(2);
    resolve();
    await Promise.all(rests);
    expect(logged.toSorted()).toEqual([
      'one has ended after all undefined',
      'one took longer than 1 ms: its caller was told so, and it goes on undefined',
      'two has failed after all Error: no',
      'two took longer than 1 ms: its caller was told so, and it goes on undefined',
    ]);
    // Nobody has to look after what goes on.
    const alone = createTimeLimit({ milliseconds: 1, log });
    await expect(alone('three', () => new Promise(() => {}))).rejects.toMatchObject(late);
  });
});
