// What follows a failed attempt is decided without waiting: these are laws of the decision.
import { fc, test } from '@fast-check/vitest';
import { HTTPError, TimeoutError } from 'ky';
import { describe, expect } from 'vitest';
import {
  decideRetry,
  growingDelay,
  longestWait,
  retryAfter,
  defaultPatience,
  defaultRetries,
} from '../../../connector/gem/retry.ts';
import { createGemClient } from '../../../connector/gem/client.ts';
import { GemUnavailable } from '../../../connector/gem/errors.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';

const now = Date.UTC(2026, 5, 1, 12);
const limits = { limit: defaultRetries, delay: growingDelay, patience: defaultPatience };

/** How ky tells of an answer with a status. */
function failure(status: number, headers: Record<string, string> = {}): HTTPError {
  const request = new Request('http://gem');
  return new HTTPError(new Response(null, { status, headers }), request, Object(undefined));
}

const date = (time: number) => new Date(time).toUTCString();
const wish = (value: string, more: Record<string, string> = {}) =>
  retryAfter(new Headers({ 'retry-after': value, ...more }), now);

describe('Retry-After', () => {
  test.prop([fc.integer({ min: 1, max: 29 }), fc.integer({ min: -600, max: 600 })])(
    'as a date is counted from the Date of the same answer, however far that is from our clock',
    (seconds, ahead) => {
      const theirs = now + ahead * 1000;
      expect(wish(date(theirs + seconds * 1000), { date: date(theirs) })).toBe(seconds * 1000);
    },
  );

  test.each([
    ['3', 3000],
    ['0', 0],
    ['1.5', 1500],
    ['86400', longestWait],
    ['99999999999999999999999', longestWait],
    ['-5', 0],
    ['soon', 0],
    ['', 0],
    ['2027', longestWait],
    ['Infinity', 0],
    ['1e3', 0],
    ['0x10', 0],
    [date(now + 4000), 4000],
    [date(now - 4000), 0],
    ['Monday, 01-Jun-26 12:00:05 GMT', 5000],
    ['Mon Jun  1 12:00:06 2026', 6000],
    ['2026-06-01T12:00:07Z', 7000],
    ['Mon, 99 Jun 2026 12:00:05 GMT', 0],
  ])('%j asks for %i milliseconds', (value, milliseconds) => {
    expect(wish(value)).toBe(milliseconds);
  });

  test('is counted from our clock where the answer has no Date, or none that can be read', () => {
    expect(wish(date(now + 4000), { date: 'yesterday' })).toBe(4000);
  });
});

const statuses = fc.constantFrom(400, 401, 403, 404, 408, 409, 413, 422, 425, 429, 500, 501, 502, 503, 504);

describe('another attempt', () => {
  test.prop([
    statuses,
    fc.constantFrom('get', 'post', 'patch'),
    fc.integer({ min: 1, max: 12 }),
    fc.nat({ max: 200_000 }),
    fc.option(fc.nat({ max: 60 })),
  ])('comes neither before Gem wants it nor beyond the limits', (status, method, attempt, spent, seconds) => {
    const headers: Record<string, string> = seconds === null ? {} : { 'retry-after': String(seconds) };
    const wait = decideRetry({ method, error: failure(status, headers), attempt, spent, now }, limits);
    if (wait === undefined) return;
    expect(wait).toBeGreaterThanOrEqual(Math.min((seconds ?? 0) * 1000, longestWait));
    expect(wait).toBeGreaterThanOrEqual(growingDelay(attempt));
    expect(attempt).toBeLessThanOrEqual(defaultRetries);
    expect(spent + wait).toBeLessThanOrEqual(defaultPatience);
  });

  test.each([
    ['get', [408, 425, 429, 500, 502, 503, 504]],
    ['post', [425, 429]],
  ])('of a %s follows the statuses %j, and no others', (method, repeated) => {
    const all = [302, 400, 401, 403, 404, 408, 409, 413, 422, 425, 429, 500, 501, 502, 503, 504];
    const isRepeated = (status: number) =>
      decideRetry({ method, error: failure(status), attempt: 1, spent: 0, now }, limits) !== undefined;
    expect(all.filter(isRepeated)).toEqual(repeated);
  });

  test('of a read follows silence and cut connections; a write may have happened then', () => {
    for (const error of [new TimeoutError(new Request('http://gem')), new TypeError('terminated')]) {
      const failed = { error, attempt: 1, spent: 0, now };
      expect(decideRetry({ ...failed, method: 'get' }, limits)).toBe(250);
      expect(decideRetry({ ...failed, method: 'post' }, limits)).toBeUndefined();
    }
  });
});

test('a list that is silent for good costs no more than the patience and one attempt', async () => {
  const stub = await startStubGem();
  stub.intercept = () => true;
  const retry = { limit: 20, delay: () => 1, patience: 100 };
  const gem = createGemClient({ url: stub.url, apiKey: 'k', timeout: 60, retry });
  await expect(gem.ask('listUsers', {})).rejects.toBeInstanceOf(GemUnavailable);
  expect(stub.requests.length).toBeLessThan(4);
});

test('an answer that says when to come back is obeyed on the wire', async () => {
  const stub = await startStubGem();
  const at: number[] = [];
  stub.intercept = (_, response) => {
    at.push(performance.now());
    return at.length === 1 && answer(response, 503, {}, { 'Retry-After': '1' });
  };
  const gem = createGemClient({ url: stub.url, apiKey: 'k', retry: { limit: 1, delay: () => 1 } });
  await gem.ask('listUsers', {});
  const [first = 0, second = 0] = at;
  expect(second - first).toBeGreaterThan(950);
});

test('a key that Gem repeats in its refusal is not told', async () => {
  const stub = await startStubGem();
  const body = {
    code: 422,
    status: 'Bad',
    message: 'key secret-key',
    errors: { json: { a: ['secret-key'] } },
  };
  const gem = createGemClient({ url: stub.url, apiKey: 'secret-key' });
  for (const status of [403, 422]) {
    stub.intercept = (_, response) => answer(response, status, body);
    const error: unknown = await gem.ask('listUsers', {}).catch((caught: unknown) => caught);
    expect(JSON.stringify(error) + String(error)).not.toContain('secret-key');
    expect(String(error)).toContain('(secret)');
  }
});
