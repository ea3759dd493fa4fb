import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sayWhileWaiting } from '../../contracts/while-waiting.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A stream that keeps what is written. */
function stream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

test('what is quick is not spoken of', () => {
  const quick = stream(true);
  const done = sayWhileWaiting(quick, 'making the world');
  vi.advanceTimersByTime(900);
  done();
  vi.advanceTimersByTime(10_000);
  expect(quick.written).toEqual([]);
});

test('on a terminal one line is renewed, and taken away at the end', () => {
  const terminal = stream(true);
  const done = sayWhileWaiting(terminal, 'making the world');
  vi.advanceTimersByTime(2000);
  done();
  done();
  expect(terminal.written).toEqual([
    '\r\u001b[2K  making the world … 1 s',
    '\r\u001b[2K  making the world … 2 s',
    '\r\u001b[2K',
  ]);
});

test('elsewhere there is a plain line now and then', () => {
  const file = stream(false);
  const done = sayWhileWaiting(file, 'making the world');
  vi.advanceTimersByTime(35_000);
  done();
  expect(file.written).toEqual([5, 10, 20, 30].map((s) => `mock-gem: still making the world (${s} s)\n`));
});
