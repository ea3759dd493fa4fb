// What a matcher fits, in laws.
import { describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import {
  aspects,
  matches,
  mismatches,
  pageOf,
  type Matchable,
  type RequestMatcher,
} from '../../../mock-server/requests/matcher.ts';

const part: fc.Arbitrary<string> = fc.constantFrom('ats', 'v0', 'jobs', 'a b', 'x%2Fy', 'candidates', '%');
const name = fc.constantFrom('status', 'email', 'page', 'job_id');
const operations = ['listJobs', 'listOffices', 'createCandidate'] as const;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const request = fc.record({
  operation: fc.constantFrom(...operations, null),
  method: fc.constantFrom(...methods),
  path: fc.array(part, { maxLength: 6 }).map((parts) => `/${parts.join('/')}`),
  query: fc.dictionary(name, fc.oneof(fc.nat(9).map(String), fc.array(fc.string(), { minLength: 1 }))),
  body: fc.jsonValue({ maxDepth: 4 }),
  status: fc.constantFrom(200, 404, null),
});

const named = (operation: (typeof operations)[number] | undefined) => (operation ? { operation } : {});

/** A matcher of all that a request is. */
function matcherOf({ operation, method, path, query, body, status, ...rest }: Matchable): RequestMatcher {
  const page = pageOf({ operation, method, path, query, body, ...rest });
  const values = Object.entries(query).map(([key, value]) => [key, [value].flat().at(-1)]);
  return {
    ...named(operations.find((known) => known === operation)),
    method: methods.find((known) => known === method) ?? 'GET',
    path,
    query: Object.fromEntries(values) as Record<string, string>,
    ...(Number.isInteger(page) && { page: Number(page) }),
    body,
    ...(typeof status === 'number' && { status }),
  };
}

describe('a matcher', () => {
  test.prop([request])('that is made from a request matches it', (request) => {
    expect(mismatches(matcherOf(request), request)).toEqual([]);
  });

  test.prop([request, request, fc.subarray([...aspects])])(
    'matches no fewer requests when it names less',
    (one, other, named) => {
      const matcher = matcherOf(one);
      const less = Object.fromEntries(
        Object.entries(matcher).filter(([aspect]) => named.some((name) => name === aspect)),
      );
      if (matches(matcher, other)) expect(matches(less, other)).toBe(true);
      const told = mismatches(matcher, other);
      expect(mismatches(less, other).every((text) => told.includes(text))).toBe(true);
    },
  );

  test.prop([fc.jsonValue({ maxDepth: 4 }), fc.nat(), request])(
    'matches no fewer bodies when a member of its own is taken out, at any depth',
    (body, nth, request) => {
      const met = { ...request, body };
      expect(matches({ body: withoutOne(body, nth) }, met)).toBe(true);
    },
  );

  test.prop([request, request])(
    'matches whatever it names no difference from, and nothing else',
    (one, other) => {
      const matcher = matcherOf(one);
      expect(matches(matcher, other)).toBe(mismatches(matcher, other).length === 0);
    },
  );

  test.prop([request])('without anything matches every request', (request) => {
    expect(matches({}, request)).toBe(true);
  });

  test.prop([fc.array(part, { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat()])(
    'has `*` for any one part of a path, `**` for any number of them',
    (parts, one, other) => {
      const [from, to] = [one % parts.length, other % (parts.length + 1)].sort((a, b) => a - b) as [
        number,
        number,
      ];
      const fits = (pattern: readonly string[]) => matches({ path: `/${pattern.join('/')}` }, at(parts));
      expect(fits(parts.toSpliced(from, 1, '*'))).toBe(true);
      expect(fits(parts.toSpliced(from, to - from, '**'))).toBe(true);
      expect(fits(['**', ...parts.slice(from)])).toBe(true);
      expect(fits([...parts, '*'])).toBe(false);
      expect(fits(['*', ...parts])).toBe(false);
    },
  );
});

describe.each<[string, RequestMatcher, Partial<Matchable>, string[]]>([
  ['both slash forms', { path: '/ats/v0/jobs' }, { path: '/ats/v0/jobs/' }, []],
  ['an id in either encoding', { path: '/jobs/a=' }, { path: '/jobs/a%3D' }, []],
  ['another path', { path: '/a/**/c' }, { path: '/a/b/d' }, ['path was /a/b/d instead of /a/**/c']],
  ['a listing without a page', { page: 1 }, { operation: 'listJobs', query: {} }, []],
  ['an item', { page: 1 }, { operation: 'getJob', query: {} }, ['page was null instead of 1']],
  ['a page', { page: 2 }, { operation: 'listJobs', query: { page: '3' } }, ['page was 3 instead of 2']],
  ['numbers and truths', { query: { n: 1, b: true } }, { query: { n: '1', b: 'true' } }, []],
  ['one of several values', { query: { n: 'b' } }, { query: { n: ['a', 'b'] } }, []],
  [
    'a parameter',
    { query: { n: 'b', m: 1 } },
    { query: { n: 'a' } },
    ['query.n was "a" instead of "b"', 'query.m was missing'],
  ],
  [
    'a member far inside',
    { body: { a: { b: [{ c: 1 }] } } },
    { body: { a: { b: [{ d: 2 }, { c: 1, e: 3 }], f: 4 } } },
    [],
  ],
  [
    'other members',
    { body: { source_id: 'y', tags: ['hot'], a: { b: 1 } } },
    { body: { source_id: 'x', tags: ['cold'], a: null } },
    [
      'body.source_id was "x" instead of "y"',
      'body.tags had no item like "hot"',
      'body.a was null instead of {"b":1}',
    ],
  ],
  ['no body at all', { body: null }, { body: null }, []],
  ['a name of the language', { body: { constructor: 1 } }, { body: {} }, ['body.constructor was missing']],
])('%s', (_name, matcher, request, differences) => {
  test('differs in exactly these words', () => {
    expect(mismatches(matcher, { ...at([]), ...request })).toEqual(differences);
  });
});

function at(parts: readonly string[]): Matchable {
  return { operation: null, method: 'GET', path: `/${parts.join('/')}`, query: {}, body: null };
}

/** The value without its nth member, counted through all of it. */
function withoutOne(value: unknown, nth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  if (members.length === 0) return value;
  const [key, member] = members[nth % members.length] ?? ['', undefined];
  const rest = Math.floor(nth / members.length);
  const isToGo = rest % 2 === 0 || typeof member !== 'object';
  if (Array.isArray(value)) {
    return isToGo ? value.toSpliced(Number(key), 1) : value.with(Number(key), withoutOne(member, rest >> 1));
  }
  const others = members.filter(([name]) => name !== key);
  return Object.fromEntries(isToGo ? others : [...others, [key, withoutOne(member, rest >> 1)]]);
}
