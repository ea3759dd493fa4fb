import { actionTimedOut } from '../errors.ts';
import type { Log } from '../log.ts';

/** Keeps the caller of an action from waiting for ever. */
export interface TimeLimitOptions {
  /** How long a caller waits. */
  milliseconds: number;
  log: Log;
  /** Is given what goes on without its caller, so that the store stays open for it. */
  onGoingOn?: ((rest: Promise<void>) => void) | undefined;
}

/**
 * Does an action and gives what comes of it, if it comes in time. One that takes longer is not broken off, which could
 * leave half of it at Gem: it goes on to its end, and the log has both.
 *
 * @param name what the operator knows it by
 * @throws UnifiedProblem when it takes too long (kombo-unified-api §1.3); whatever the action throws
 */
export type WithinTime = <Result>(name: string, act: () => Result | Promise<Result>) => Promise<Result>;

/** Makes a time limit for actions. */
export function createTimeLimit({ milliseconds, log, onGoingOn }: TimeLimitOptions): WithinTime {
  return async (name, act) => {
    const action = Promise.resolve().then(act);
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      late.reject(actionTimedOut());
      log(`${name} took longer than ${milliseconds} ms: its caller was told so, and it goes on`);
      const rest = action.then(
        () => log(`${name} has ended after all`),
        (error: unknown) => log(`${name} has failed after all`, error),
      );
      onGoingOn?.(rest);
    }, milliseconds);
    try {
      return await Promise.race([action, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Milliseconds. Kombo's own number is not known (kombo-unified-api §1.3); no answer takes as long while Gem is well. */
export const defaultActionTime = 120_000;
