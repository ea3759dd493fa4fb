// Whom a delta sync asks for because their applications changed, and what it makes of the answers; without a database.
import { expect, test } from 'vitest';
import { createGemClient } from '../../../connector/gem/client.ts';
import {
  GemForbids,
  GemNotFound,
  GemRefusedKey,
  GemThrottled,
  GemUnavailable,
} from '../../../connector/gem/errors.ts';
import { readCandidatesOf } from '../../../connector/sync/read-candidates-of.ts';
import type { Reading } from '../../../connector/sync/reading.ts';
import { candidateRecord } from '../../support/gem-records.ts';

const of = (...ids: unknown[]) => ids.map((id, place) => ({ id: `application-${place}`, candidate_id: id }));

/** A reading whose Gem answers with a body, or fails. */
function readingOf(answer: unknown, more: Partial<Reading> = {}) {
  const asked: unknown[][] = [];
  const client = createGemClient({ url: 'http://127.0.0.1:1', apiKey: 'key' });
  const ask: typeof client.ask = async (operation, options, signal) => {
    if (operation === 'listUsers') return { body: [], headers: new Headers() };
    asked.push([operation, options, signal]);
    if (answer instanceof Error) throw answer;
    return { body: answer, headers: new Headers() };
  };
  const reading = {
    gem: { ...client, ask },
    context: {
      integrationId: 'gem:1',
      jobBoardVanity: null,
      isRemoteDataEnabled: false,
      off: new Set<string>(),
    },
    metCandidates: new Set<string>(),
    found: { hasRead: true, candidatesProblem: null },
    signal: new AbortController().signal,
    ...more,
  } as Reading;
  const read = async (applications: readonly unknown[]) => {
    const pages = await readCandidatesOf(reading, applications);
    expect(pages.flatMap(({ rejected }) => rejected)).toEqual([]);
    return pages.flatMap(({ remoteIds }) => remoteIds);
  };
  return { asked, reading, read };
}

test('each candidate is asked for once, with deleted ones, and only those who were asked for are taken', async () => {
  const answer = [candidateRecord('a'), candidateRecord('stranger'), { name: 'without an id' }, 'nothing'];
  const { asked, reading, read } = readingOf(answer, { metCandidates: new Set(['met']) });
  expect(await read([...of('a', 'a', 'b', 'met', null, 7, ''), 'no application', null, {}])).toEqual(['a']);
  const query = { include_deleted: true, candidate_ids: 'a,b,7' };
  expect(asked).toEqual([['listCandidates', { query }, reading.signal]]);
});

test('more than one call can ask for are asked for by several', async () => {
  const ids = Array.from({ length: 21 }, (_, place) => `c${place}`);
  const { asked, read } = readingOf(ids.map((id) => candidateRecord(id)));
  expect(await read(of(...ids))).toEqual(ids);
  expect(asked).toHaveLength(2);
});

test('nobody is asked for where all were met, candidates are off, or could not be read before', async () => {
  const all = readingOf([], { metCandidates: new Set(['a']) });
  const { context } = all.reading;
  const off = readingOf([], { context: { ...context, off: new Set(['ats_candidates']) } });
  const before = readingOf([], { found: { hasRead: true, candidatesProblem: 'Gem failed' } });
  for (const { asked, read } of [all, off, before]) {
    expect(await read(of('a'))).toEqual([]);
    expect(asked).toEqual([]);
  }
});

test.each([
  ['what is no list', { id: 'a' }, null],
  ['that there is no such call', new GemNotFound('listCandidates', 'unknown'), null],
  ['that it is not permitted', new GemForbids('listCandidates', 'not permitted'), null],
  [
    'nothing',
    new GemUnavailable('listCandidates', 'Gem failed with status 503'),
    'Gem failed with status 503',
  ],
  ['that it is too much', new GemThrottled('listCandidates', 'throttled'), 'throttled'],
  [
    'that the key is refused',
    new GemRefusedKey('listCandidates', 'refused', { status: 403 }),
    "Gem's gateway does not let the key through to this list",
  ],
])('when Gem answers %s, nobody comes, and what may pass is a problem', async (_, answer, problem) => {
  const { asked, reading, read } = readingOf(answer);
  expect(await read(of('a'))).toEqual([]);
  expect(reading.found.candidatesProblem).toBe(problem);
  // Whether others answer is asked of others.
  expect(asked.filter(([operation]) => operation === 'listCandidates')).toHaveLength(1);
});

test('a defect is not taken for a failure of Gem', async () => {
  const { read } = readingOf(new Error('a defect'));
  await expect(read(of('a'))).rejects.toThrow('a defect');
});
