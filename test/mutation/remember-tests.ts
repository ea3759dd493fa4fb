// Runs before every file of tests in the worker that stays: remembers each test that is run, to run it again.
import { afterEach, beforeEach, TestRunner } from 'vitest';
import { remembered } from './trial.ts';

let start = 0;

beforeEach(() => {
  start = performance.now();
});

afterEach(({ task }) => {
  const names: string[] = [];
  for (let at: { name: string; suite?: typeof at } | undefined = task; at; at = at.suite)
    names.unshift(at.name);
  // Stryker names tests so.
  const id = `${task.file.name}#${names.join(' > ').trim()}`;
  const run = TestRunner.getTestFn(task);
  const others = remembered.get(id) ?? [];
  // A law does this after each of its runs.
  if (others.some((other) => other.run === run)) return;
  remembered.set(id, [...others, { id, run, milliseconds: performance.now() - start }]);
});
