// What quick-runner.ts and the worker that stays say to each other.
import { BroadcastChannel } from 'node:worker_threads';

/** A change that is to be tried. */
export interface Trial {
  mutant: string;
  /** The tests that reach it. */
  tests: readonly string[];
  /** How often it may be reached, lest a loop has no end. */
  hitLimit: number | undefined;
}

/**
 * What came of it, in Stryker's words; open if a test that would have to be run is not there or no longer passes without the
 * change, and spoilt if too many do not.
 */
export type Outcome =
  | { status: 'killed'; killedBy: string[]; failureMessage: string; nrOfTests: number }
  | { status: 'survived'; nrOfTests: number }
  | { status: 'timeout' }
  | { status: 'open' | 'spoilt' };

/** Opens the channel between them, for either side. */
export function openChannel<Sent, Received>(receive: (message: Received) => void) {
  const channel = new BroadcastChannel('trials of changes');
  channel.addEventListener('message', (event) => receive((event as unknown as { data: Received }).data));
  return {
    send: (message: Sent) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it goes to a thread, not to a window
      channel.postMessage(message);
    },
    close: () => channel.close(),
  };
}

/** A test that was run once, and can be run again. */
export interface RememberedTest {
  id: string;
  /** The test itself; several may have the same id. */
  task: object;
  run: () => unknown;
  milliseconds: number;
}

/** Every test that was run in this worker, by its id. */
export const remembered = new Map<string, RememberedTest[]>();
