// Runs before every file of tests in the worker that stays: remembers each test that is run, to run it again.
import { afterEach, beforeEach, TestRunner } from 'vitest';
import { remembered } from './trial.ts';

type Task = Parameters<Parameters<typeof afterEach>[0]>[0]['task'];
type Suite = NonNullable<Task['suite']>;

let start = 0;

beforeEach(() => {
  start = performance.now();
});

afterEach(({ task }) => {
  const suites = suitesOf(task);
  const names = [...suites.map(({ name }) => name), task.name];
  // Stryker names tests so.
  const id = `${task.file.name}#${names.join(' > ').trim()}`;
  const run = TestRunner.getTestFn(task);
  const others = remembered.get(id) ?? [];
  // A law does this after each of its runs.
  if (others.some((other) => other.task === task)) return;
  const before = [task.file, ...suites].flatMap((suite) => TestRunner.getSuiteHooks(suite).beforeEach);
  const again = async () => {
    for (const prepare of before) await prepare(task.context, task.file);
    await run();
  };
  remembered.set(id, [...others, { id, task, run: again, milliseconds: performance.now() - start }]);
  // What the tests of a file share must outlive the file.
  for (const suite of [task.file, ...suites]) TestRunner.getSuiteHooks(suite).afterAll.length = 0;
});

/** The suites that a test is in, the outermost first. */
function suitesOf(task: Task): Suite[] {
  const suites: Suite[] = [];
  for (let at = task.suite; at; at = at.suite) suites.unshift(at);
  return suites;
}
