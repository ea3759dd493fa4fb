// The last file of tests in the worker that stays: tries changes until there are no more.
import { setTimeout } from 'node:timers/promises';
import { expect, test, TestRunner } from 'vitest';
import { openChannel, type Outcome, remembered, type RememberedTest, type Trial } from './trial.ts';

const namespace = '__stryker__';

/** The variables of the sources as Stryker wrote them, with all changes in them. */
interface Stryker {
  activeMutant?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

test('each change is tried as it comes', { timeout: 0 }, async () => {
  expect(remembered.size).toBeGreaterThan(0);
  await new Promise<void>((end) => {
    const { send, close } = openChannel<Outcome | undefined, Trial | 'end'>((trial) => {
      if (trial !== 'end') return void tried(trial).then(send);
      close();
      end();
    });
    // It is ready.
    send(undefined);
  });
});

async function tried({ mutant, tests, hitLimit }: Trial): Promise<Outcome> {
  // Its file could not be started here.
  if (tests.some((id) => !remembered.has(id))) return { status: 'open' };
  const quickFirst = tests
    .flatMap((id) => remembered.get(id) ?? [])
    .toSorted((one, other) => one.milliseconds - other.milliseconds);
  const stryker = ((globalThis as Record<string, unknown>)[namespace] ??= {}) as Stryker;
  Object.assign(stryker, { activeMutant: mutant, hitCount: 0, hitLimit });
  let nrOfTests = 0;
  for (const one of quickFirst) {
    if (spoilt.has(one)) continue;
    nrOfTests += 1;
    const failure = await failureOf(one);
    if (failure === undefined) continue;
    const isEndless = isPastLimit(stryker);
    stryker.activeMutant = undefined;
    // What a change leaves behind must not be taken for the next one's.
    if ((await failureOf(one)) !== undefined) {
      spoilt.add(one);
      return { status: spoilt.size > mostSpoilt ? 'spoilt' : 'open' };
    }
    return isEndless
      ? { status: 'timeout' }
      : { status: 'killed', killedBy: [one.id], failureMessage: failure, nrOfTests };
  }
  const isEndless = isPastLimit(stryker);
  stryker.activeMutant = undefined;
  if (isEndless) return { status: 'timeout' };
  return quickFirst.some((one) => spoilt.has(one)) ? { status: 'open' } : { status: 'survived', nrOfTests };
}

/** Tests that do not pass any more. To begin anew takes a minute, so that some may go. */
const spoilt = new Set<RememberedTest>();
const mostSpoilt = 5;

/** Runs a test once more, and what it wants done when it has finished. */
async function failureOf({ run, milliseconds }: RememberedTest): Promise<string | undefined> {
  const limit = 10_000 + 10 * milliseconds;
  const ended = new AbortController();
  const tooLate = setTimeout(limit, `took longer than ${limit} ms`, { signal: ended.signal });
  tooLate.catch(() => {});
  const failures: (string | undefined)[] = [];
  for (const part of [run, finish]) {
    try {
      failures.push(await Promise.race([Promise.resolve(part()).then(() => undefined), tooLate]));
    } catch (error) {
      failures.push(String(error));
    }
  }
  ended.abort();
  return failures.find((failure) => failure !== undefined);
}

/** What a test has left with `onTestFinished` belongs to the one that runs: the only one of this file. */
async function finish(): Promise<void> {
  const own = TestRunner.getCurrentTest() as { onFinished?: (() => unknown)[] } | undefined;
  for (const end of own?.onFinished?.splice(0).toReversed() ?? []) await end();
}

function isPastLimit({ hitCount = 0, hitLimit = Infinity }: Stryker): boolean {
  return hitCount > hitLimit;
}
