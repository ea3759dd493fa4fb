// A write whose answer is lost is looked up before it is tried again (kombo-unified-api §3.2). That nothing is created
// twice is seen at the front door, in lost-answers.test.ts.
import { describe, expect, test } from 'vitest';
import { isWritten, writeOnce, WrittenUnseen } from '../../../connector/actions/write-once.ts';
import { createGemClient } from '../../../connector/gem/client.ts';
import {
  GemAnswerUnreadable,
  GemNotFound,
  GemRefusedInput,
  GemThrottled,
  GemUnavailable,
} from '../../../connector/gem/errors.ts';

const waits: number[] = [];
const gemWith = (limit: number) =>
  createGemClient({
    url: 'http://127.0.0.1:1',
    apiKey: 'none',
    retry: { limit, delay: (attempt) => (waits.push(attempt), 0) },
  });

const unavailable = new GemUnavailable('createNote', 'down');
const unreadable = new GemAnswerUnreadable('createNote', 'odd');
const refused = new GemRefusedInput('createNote', 'no', { status: 400, problem: undefined });
const throttled = new GemThrottled('createNote', 'slow');

/**
 * Writes with the given outcomes of the attempts, and of the looks between them; what has no outcome succeeds, and finds
 * nothing. The result tells what was done.
 */
async function act(outcomes: (Error | string)[], looks: (Error | string | undefined)[] = [], limit = 5) {
  const done: string[] = [];
  const next = async (name: string, outcome: Error | string | undefined) => {
    done.push(name);
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  const result = await writeOnce<string>(gemWith(limit), {
    write: async () => (await next('write', outcomes.shift())) ?? 'written',
    find: () => next('look', looks.shift()),
  }).catch((error: unknown) => error);
  return { result, done: done.join(' ') };
}

describe('a write', () => {
  test('that succeeds is not looked up', async () => {
    expect(await act([])).toEqual({ result: 'written', done: 'write' });
  });

  test('that Gem refuses is neither looked up nor repeated', async () => {
    expect(await act([refused])).toEqual({ result: refused, done: 'write' });
    expect(await act([throttled])).toEqual({ result: throttled, done: 'write' });
  });

  test('that fails in any other way is not repeated', async () => {
    const defect = new TypeError('a defect');
    expect(await act([defect])).toEqual({ result: defect, done: 'write' });
  });

  test('whose answer is lost is what is found', async () => {
    expect(await act([unavailable], ['found'])).toEqual({ result: 'found', done: 'write look' });
  });

  test('whose answer is lost is repeated when nothing is found', async () => {
    expect(await act([unavailable])).toEqual({ result: 'written', done: 'write look look look write' });
  });

  test('whose answer cannot be read is looked up, and not repeated', async () => {
    expect(await act([unreadable], ['found'])).toEqual({ result: 'found', done: 'write look' });
    expect(await act([unreadable])).toEqual({ result: unreadable, done: 'write look look look' });
  });

  test('is tried three times at most, and looked up after the last', async () => {
    const { result, done } = await act([unavailable, unavailable, unavailable, unavailable]);
    const once = 'write look look look';
    expect([result, done]).toEqual([unavailable, `${once} ${once} ${once}`]);
    const nothing = Array.from({ length: 8 }, () => undefined);
    expect(await act([unavailable, unavailable, unavailable], [...nothing, 'found'])).toEqual({
      result: 'found',
      done: `${once} ${once} ${once}`,
    });
  });

  test('is tried no more often than reads are', async () => {
    expect((await act([unavailable, unavailable], [], 1)).done).toBe('write look look write look look');
    expect((await act([unavailable], [], 0)).done).toBe('write look');
  });

  test('waits before each repetition and each further look as reads do, and not after the last', async () => {
    waits.length = 0;
    await act([unavailable, unavailable, unavailable]);
    expect(waits).toEqual([1, 2, 1, 1, 2, 2, 1, 2]);
  });
});

describe('a write that Gem says it did', () => {
  const unseen = new GemAnswerUnreadable('createNote', 'no JSON', { cause: new SyntaxError('odd') });

  test('is looked for five times, and not repeated', async () => {
    expect(await act([unseen], [undefined, undefined, undefined, undefined, 'found'])).toEqual({
      result: 'found',
      done: 'write look look look look look',
    });
  });

  test('is never told as a failure to be repeated, whatever the looks come to', async () => {
    for (const looks of [[], Array.from({ length: 5 }, () => unavailable)]) {
      const { result, done } = await act([unseen], looks);
      expect(result).toBeInstanceOf(WrittenUnseen);
      expect(done).toBe('write look look look look look');
    }
    expect(isWritten(unseen)).toBe(true);
    expect(isWritten(unreadable)).toBe(false);
  });
});

describe('a repetition that Gem refuses', () => {
  test('may be refused because the first attempt took effect, so it is looked up', async () => {
    const none = [undefined, undefined, undefined];
    expect(await act([unavailable, refused], [...none, 'found'])).toEqual({
      result: 'found',
      done: 'write look look look write look',
    });
    const translated = new Error('the person has applied already', { cause: refused });
    expect((await act([unavailable, translated], [...none, 'found'])).result).toBe('found');
  });

  test('is refused when nothing is found, and not repeated again', async () => {
    expect(await act([unavailable, refused])).toEqual({
      result: refused,
      done: 'write look look look write look look look',
    });
  });

  test('for another reason ends it without a look', async () => {
    const other = new Error('a defect', { cause: throttled });
    expect(await act([unavailable, other])).toEqual({
      result: other,
      done: 'write look look look write',
    });
  });
});

describe('a look that fails', () => {
  test('leaves the failure of the write, which says more', async () => {
    const gone = new GemNotFound('listNotes', 'gone');
    expect(await act([unavailable], [gone])).toEqual({ result: unavailable, done: 'write look' });
  });

  test('for a reason of our own is told', async () => {
    const defect = new TypeError('a defect');
    expect((await act([unavailable], [defect])).result).toBe(defect);
  });
});
