import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { createEstimate, showVerifyProgress } from '../../../mock-server/cli/verify/progress.ts';

/** A clock that is told how many seconds have gone by. */
function clock() {
  let milliseconds = 0;
  return { now: () => milliseconds, pass: (seconds: number) => (milliseconds += seconds * 1000) };
}

test('how far something has come is told in percent, and in the time that the rest takes at the pace so far', () => {
  const { now, pass } = clock();
  const estimate = createEstimate(now);
  expect(estimate(0, 4)).toBe('0 %');
  pass(10);
  expect(estimate(1, 4)).toBe('25 %, about 30 s left');
  pass(290);
  expect(estimate(2, 4)).toBe('50 %, about 5 min left');
  expect(estimate(4, 4)).toBe('100 %');
});

test('a verification tells its worlds of both kinds as one way, and each broken rule once', () => {
  const { now, pass } = clock();
  const lines: string[] = [];
  const progress = showVerifyProgress({ write: (text) => lines.push(text) }, { worlds: 3, varied: 1 }, now);
  progress.update({ phase: 'world', done: 0, of: 3, text: 'world 1 of 3' });
  pass(2);
  progress.update({ phase: 'world', done: 1, of: 3, text: 'world 2 of 3' });
  progress.update({ phase: 'shrinking', done: 1, of: 1, rule: 'r', text: 'r breaks: world 1' });
  progress.update({ phase: 'shrinking', done: 2, of: 2, rule: 'r', text: 'r breaks: world 2' });
  pass(4);
  progress.update({ phase: 'varied world', done: 0, of: 1, text: 'varied world 1 of 1' });
  progress.finish();
  expect(lines.join('')).toBe(
    'world 1 of 3 (0 %)\nworld 2 of 3 (25 %, about 6 s left)\nr breaks: world 1\nvaried world 1 of 1 (75 %, about 2 s left)\n',
  );
});

test('on a terminal it is one line that is written over', () => {
  const written: string[] = [];
  const terminal = { isTTY: true, columns: 40, write: (text: string) => written.push(text) };
  const progress = showVerifyProgress(terminal, { worlds: 2, varied: 0 });
  progress.update({ phase: 'world', done: 0, of: 2, text: 'world 1 of 2' });
  progress.finish();
  expect(written).toEqual(['\r\u001b[2K  world 1 of 2 (0 %)', '\r\u001b[2K']);
  expect(stripVTControlCharacters(written.join(''))).not.toContain('\n');
});
