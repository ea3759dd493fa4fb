// What is said to somebody who arms a fault that cannot be.
import { beforeAll, describe, expect, test } from 'vitest';
import { bytesOf } from '../../../contracts/server/send-answer.ts';
import { InvalidFault } from '../../../mock-server/faults/fault.ts';
import type { Fault } from '../../../mock-server/faults/faults.ts';
import { gemsWords } from '../../../mock-server/faults/kinds.ts';
import { type MockGem, startMockGem } from '../../../mock-server/server.ts';
import { startGem } from '../../support/gem.ts';
import { ask } from './support.ts';

let gem: MockGem;
beforeAll(async () => {
  gem = await startMockGem({ port: 0 });
  return () => gem.close();
});

test.each<[unknown, string]>([
  [{}, '"fault" is missing'],
  ['status', 'the fault has to be a group of fields, not "status"'],
  [{ fault: 'latancy', milliseconds: 1 }, 'did you mean "latency"?'],
  [{ fault: 'earthquake' }, 'one of status, rate_limit'],
  [{ fault: 'latency', millisecond: 1 }, 'did you mean "milliseconds"?'],
  [{ fault: 'latency' }, '"milliseconds" is missing'],
  [{ fault: 'status', status: 200 }, 'status has to be 400 or more, not 200'],
  [{ fault: 'status', status: 500, times: 0 }, 'times'],
  [{ fault: 'status', status: 500, when: 'during' }, 'before, after'],
  [{ fault: 'status', status: 500, match: { opration: 'x' } }, 'did you mean "operation"?'],
  [{ fault: 'key_revoked', match: { operation: 'listCandidate' } }, 'did you mean "listCandidates"?'],
  [{ fault: 'key_revoked', match: { status: 200 } }, 'before they have a status'],
  [{ fault: 'status', status: 500, headers: { 'X-Odd': 'two\nlines' } }, 'headers.X-Odd'],
  [{ fault: 'status', status: 500, headers: { 'Content-Length': '1' } }, 'frames the answer'],
  [{ fault: 'wrong_content_type', content_type: 'a\nb' }, 'content_type'],
  [{ fault: 'clock_skew', seconds: 1e300 }, 'seconds'],
  [{ fault: 'edit', edits: [{ do: 'crate', resource: 'jobs' }] }, 'did you mean "create"?'],
  [{ fault: 'edit', edits: [] }, 'edits'],
])('%j is refused in words', (fault, words) => {
  const arm = () => gem.world.faults.arm(fault as Fault);
  expect(arm).toThrow(InvalidFault);
  expect(arm).toThrow(words);
  expect(gem.world.faults.list()).toEqual([]);
});

describe('a status', () => {
  test.each([
    [403, { message: 'Forbidden' }],
    [413, { message: 'Request Too Long' }],
    [429, { message: 'Too Many Requests' }],
    [502, { message: 'Internal server error' }],
    [503, { message: 'Service Unavailable' }],
    [504, { message: 'Endpoint request timed out' }],
    [500, { code: 500, status: 'Internal Server Error', message: 'Internal server error' }],
    [400, { code: 400, status: 'Bad Request' }],
    [422, { code: 422, status: 'Unprocessable Entity' }],
    [404, { code: 404, status: 'Not Found' }],
  ])('%i comes in the words of the layer that gives it', (code, words) => {
    const answer = gemsWords(code);
    expect(answer.status).toBe(code);
    expect(JSON.parse(String(bytesOf(answer)))).toEqual(words);
  });

  test('comes with a body and headers of its own where they are given', async () => {
    const gem = await startGem();
    const own = { status: 429, body: { slow: 'down' }, headers: { 'Retry-After': '3' } };
    gem.world.faults.arm({ fault: 'status', ...own });
    const seen = await ask(gem, '/ats/v0/offices/');
    expect([seen.status, JSON.parse(seen.text), seen.headers['retry-after']]).toEqual([
      429,
      { slow: 'down' },
      '3',
    ]);
  });
});

test('what is armed is what was given, whatever becomes of the object', async () => {
  const gem = await startGem();
  const fault = { fault: 'status' as const, status: 503, match: { method: 'GET' as const } };
  gem.world.faults.arm(fault);
  fault.status = 200;
  expect((await ask(gem, '/ats/v0/offices/')).status).toBe(503);
});
