// The last file of tests in the worker that stays: tries changes until there are no more.
import { expect, test } from 'vitest';
import { openChannel, type Outcome, remembered, type Trial } from './trial.ts';

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
  const missing = tests.find((id) => !remembered.has(id));
  if (missing !== undefined) return { status: 'error', errorMessage: `there is no test ${missing}` };
  const quickFirst = tests
    .flatMap((id) => remembered.get(id) ?? [])
    .toSorted((one, other) => one.milliseconds - other.milliseconds);
  const stryker = ((globalThis as Record<string, unknown>)[namespace] ??= {}) as Stryker;
  Object.assign(stryker, { activeMutant: mutant, hitCount: 0, hitLimit });
  let nrOfTests = 0;
  for (const { id, run } of quickFirst) {
    nrOfTests += 1;
    const failure = await failureOf(run);
    if (failure === undefined) continue;
    const isEndless = isPastLimit(stryker);
    stryker.activeMutant = undefined;
    // What a change leaves behind must not be taken for the next one's.
    if ((await failureOf(run)) !== undefined) return { status: 'spoilt' };
    return isEndless
      ? { status: 'timeout' }
      : { status: 'killed', killedBy: [id], failureMessage: failure, nrOfTests };
  }
  const isEndless = isPastLimit(stryker);
  stryker.activeMutant = undefined;
  return isEndless ? { status: 'timeout' } : { status: 'survived', nrOfTests };
}

async function failureOf(run: () => unknown): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function isPastLimit({ hitCount = 0, hitLimit = Infinity }: Stryker): boolean {
  return hitCount > hitLimit;
}
