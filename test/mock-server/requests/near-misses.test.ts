// What the log says when a test asks for a request that never came.
import { expect, test } from 'vitest';
import type { RequestMatcher } from '../../../mock-server/requests/matcher.ts';
import { RequestLog } from '../../../mock-server/requests/request-log.ts';
import type { RecordedRequest } from '../../../mock-server/requests/request.ts';

const blank: Omit<RecordedRequest, 'number'> = {
  at: '2026-11-20T08:00:00.000Z',
  operation: null,
  method: 'GET',
  path: '/',
  query: {},
  body: null,
  status: 200,
  answer: null,
  milliseconds: 1,
  faults: [],
  assumptions: [],
  tolerated: [],
};

function logOf(...entries: Partial<RecordedRequest>[]): RequestLog {
  const log = new RequestLog();
  for (const entry of entries) log.add({ ...blank, ...entry });
  return log;
}

const patch = {
  operation: 'updateApplication',
  method: 'PATCH',
  path: '/ats/v0/applications/1',
} as const;

test('what matches is found, oldest first, and is no near miss', () => {
  const log = logOf(
    { ...patch, body: { source_id: 'y' } },
    {},
    { ...patch, body: { source_id: 'y', more: 1 } },
  );
  const found = log.find({ operation: 'updateApplication', body: { source_id: 'y' } });
  expect(found.requests.map(({ number }) => number)).toEqual([1, 3]);
  expect([found.count, found.near_misses]).toEqual([2, []]);
});

test.each<[string, RequestLog, RequestMatcher, string[]]>([
  [
    'several that miss in the same respect',
    logOf(...Array.from({ length: 3 }, () => ({ ...patch, body: { source_id: 'x' } }))),
    { path: '/ats/v0/applications/*', body: { source_id: 'y' } },
    ['3 requests matched the path, none the body: body.source_id was "x" instead of "y" (3 times)'],
  ],
  [
    'one that misses',
    logOf({ ...patch, body: {} }),
    { operation: 'updateApplication', method: 'PATCH', body: { source_id: 'y' } },
    ['1 request matched the operation and the method, but not the body: body.source_id was missing'],
  ],
  [
    'the closest first',
    logOf(
      { operation: 'listJobs', path: '/ats/v0/jobs/' },
      { ...patch, body: { source_id: 'x' } },
      { ...patch, body: { source_id: 'y' }, path: '/ats/v0/applications/2' },
      { ...patch, body: { source_id: 'y' }, path: '/ats/v0/applications/3', method: 'GET' },
    ),
    {
      method: 'PATCH',
      operation: 'updateApplication',
      path: '/ats/v0/applications/1',
      body: { source_id: 'y' },
    },
    [
      '1 request matched the operation and the method and the body, but not the path: path was /ats/v0/applications/2 instead of /ats/v0/applications/1',
      '1 request matched the operation and the path and the method, but not the body: body.source_id was "x" instead of "y"',
      '1 request matched the operation and the body, but not the path and the method: path was /ats/v0/applications/3 instead of /ats/v0/applications/1 and method was "GET" instead of "PATCH"',
    ],
  ],
  [
    'a body that is close by itself',
    logOf({ ...patch, body: { source_id: 'x' } }, { path: '/ats/v0/jobs/' }),
    { body: { source_id: 'y' } },
    ['1 request did not match the body: body.source_id was "x" instead of "y"'],
  ],
  [
    'nothing near',
    logOf({ path: '/a' }, { path: '/b' }, { path: '/a' }),
    { operation: 'createNote' },
    ['no request came close; there were: GET /a (2 times); GET /b'],
  ],
  [
    'an operation that does not exist',
    logOf(),
    { operation: 'createNotes' as 'createNote' },
    ['there is no operation "createNotes"; did you mean "createNote"?'],
  ],
  ['no request at all', logOf(), { operation: 'createNote' }, []],
])('%s is told in words', (_what, log, matcher, words) => {
  expect(log.find(matcher).near_misses).toEqual(words);
});

test('however many come close in however many ways, only some are told', () => {
  const bodies = Array.from({ length: 50 }, (_, at) => ({
    ...patch,
    body: { source_id: `${at}`, big: 'z'.repeat(4000) },
  }));
  const wanted = { source_id: 'y', big: 'a', ...Object.fromEntries(bodies.map((_, at) => [`m${at}`, at])) };
  const [told, ...others] = logOf(...bodies).find({ ...patch, method: 'PATCH', body: wanted }).near_misses;
  expect(others).toEqual([]);
  expect(told).toContain('; 47 other ways');
  expect(told?.length).toBeLessThan(2000);
});
