// What quick-runner.ts and the worker that stays say to each other.

/** The name of the channel between them. */
export const channel = 'trials of changes';

/** A change that is to be tried. */
export interface Trial {
  mutant: string;
  /** The tests that reach it. */
  tests: readonly string[];
  /** How often it may be reached, lest a loop has no end. */
  hitLimit: number | undefined;
}

/** What came of it, in Stryker's words. */
export type Outcome =
  | { status: 'killed'; killedBy: string[]; failureMessage: string; nrOfTests: number }
  | { status: 'survived'; nrOfTests: number }
  | { status: 'timeout' }
  | { status: 'error'; errorMessage: string };

/** A test that was run once, and can be run again. */
interface RememberedTest {
  id: string;
  run: () => unknown;
  milliseconds: number;
}

/** Every test that was run in this worker, by its id; several may have the same. */
export const remembered = new Map<string, RememberedTest[]>();
