import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Results } from './main.ts';

// Says nothing about speed: the machine that runs the tests is busy.
test('the bench runs, and finds a number for everything it is to find', async () => {
  const program = resolve(import.meta.dirname, 'main.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--quick', '--json']);
  const { small, large, forks, coldStart } = JSON.parse(stdout) as Results;
  for (const { list, get, delta, create, generateMs, loadMs, seededMiB, usedMiB } of [small, large]) {
    const speeds = [list, get, delta, create].flatMap(({ emulator, bare }) => [emulator, bare]);
    const numbers = speeds.flatMap(({ perSecond, medianMs }) => [perSecond, medianMs]);
    for (const number of [...numbers, generateMs, loadMs, seededMiB, usedMiB]) {
      expect(number).toBeGreaterThan(0);
    }
  }
  for (const number of [...Object.values(forks), ...Object.values(coldStart)]) {
    expect(number).toBeGreaterThan(0);
  }
});
