// The last file of tests in the worker that stays: tries changes until there are no more.
import { BroadcastChannel } from 'node:worker_threads';
import { test } from 'vitest';
import { channel, type Outcome, remembered, type Trial } from './trial.ts';

/** The variables of the sources as Stryker wrote them, with all changes in them. */
interface Stryker {
  activeMutant?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

test('each change is tried as it comes', { timeout: 0 }, async () => {
  const calls = new BroadcastChannel(channel);
  await new Promise<void>((resolve) => {
    calls.onmessage = (event) => {
      const { data } = event as { data: Trial | 'end' };
      if (data === 'end') resolve();
      else void tried(data).then((outcome) => calls.postMessage(outcome));
    };
    calls.postMessage('ready');
  });
  calls.close();
});

async function tried({ mutant, tests, hitLimit }: Trial): Promise<Outcome> {
  const missing = tests.find((id) => !remembered.has(id));
  if (missing !== undefined) return { status: 'error', errorMessage: `there is no test ${missing}` };
  const quickFirst = tests
    .flatMap((id) => remembered.get(id) ?? [])
    .toSorted((one, other) => one.milliseconds - other.milliseconds);
  const stryker = ((globalThis as { __stryker__?: Stryker }).__stryker__ ??= {});
  Object.assign(stryker, { activeMutant: mutant, hitCount: 0, hitLimit });
  let nrOfTests = 0;
  try {
    for (const { id, run } of quickFirst) {
      nrOfTests += 1;
      try {
        await run();
      } catch (error) {
        if (isPastLimit(stryker)) return { status: 'timeout' };
        return { status: 'killed', killedBy: [id], failureMessage: String(error), nrOfTests };
      }
    }
    return isPastLimit(stryker) ? { status: 'timeout' } : { status: 'survived', nrOfTests };
  } finally {
    stryker.activeMutant = undefined;
  }
}

function isPastLimit({ hitCount = 0, hitLimit = Infinity }: Stryker): boolean {
  return hitCount > hitLimit;
}
