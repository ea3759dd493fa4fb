import { setTimeout } from 'node:timers/promises';
import { GemAnswerUnreadable, GemError, GemRefusedInput, GemUnavailable } from '../gem/errors.ts';
import type { GemClient } from '../gem/client.ts';

/** A write to Gem, and how to find out whether it happened. */
export interface Write<Result> {
  /** @throws WrittenUnseen when Gem did it and does not say what came of it */
  write(): Promise<Result>;
  /** Looks the write up at Gem; undefined when it has not happened, or does not show yet. */
  find(): Promise<Result | undefined>;
}

/** Gem did what it was asked for, and neither its answer nor a look tells what came of it. */
export class WrittenUnseen extends GemError {}

/**
 * Writes to Gem so that nothing is written twice. After a timeout, a cut connection or a 5xx it is unknown whether Gem
 * did what it was asked for, so it is looked up before the write is tried again, patiently, because Gem may show it late
 * (kombo-unified-api §3.2).
 *
 * @throws WrittenUnseen when it happened and cannot be found; GemError when Gem refuses, or goes on to fail;
 *   UnifiedProblem where `write` does
 */
export async function writeOnce<Result>(gem: GemClient, { write, find }: Write<Result>): Promise<Result> {
  const attempts = 1 + Math.min(gem.retry.limit, 2);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      const next = decide(error, attempt);
      if (next === 'give up') throw error;
      const found = await look(gem, find, error);
      if (found !== undefined) return found;
      if (next === 'look' || attempt === attempts) throw toUnseen(error);
      await setTimeout(gem.retry.delay(attempt));
    }
  }
}

/** Whether Gem's answer says that it did what it was asked for, though it cannot be read. */
export function isWritten(error: unknown): error is GemError {
  if (error instanceof WrittenUnseen) return true;
  // A success whose body is no JSON; any other answer is an error with its status.
  return error instanceof GemAnswerUnreadable && error.cause instanceof SyntaxError;
}

/** What follows a failure: nothing, a look whether the write happened, or that and another attempt. */
function decide(error: unknown, attempt: number): 'give up' | 'look' | 'try again' {
  if (error instanceof GemUnavailable) return 'try again';
  // Gem did something, though it does not say it in a way that can be read.
  if (error instanceof GemAnswerUnreadable || isWritten(error)) return 'look';
  // A repetition may be refused because the first attempt took effect after all, later than it was looked up.
  return attempt > 1 && error instanceof Error && isRefusal(error) ? 'look' : 'give up';
}

function isRefusal(error: Error): boolean {
  return error instanceof GemRefusedInput || error.cause instanceof GemRefusedInput;
}

/**
 * Looks more than once. What is known to have happened is worth more patience, and a look that fails does not end it.
 *
 * @throws the failure of the write when the look fails: it says more
 */
async function look<Result>(
  gem: GemClient,
  find: () => Promise<Result | undefined>,
  failure: unknown,
): Promise<Result | undefined> {
  const looks = 1 + Math.min(gem.retry.limit, isWritten(failure) ? 4 : 2);
  for (let number = 1; ; number += 1) {
    try {
      const found = await find();
      if (found !== undefined) return found;
    } catch (error) {
      if (!(error instanceof GemError)) throw error;
      if (!isWritten(failure)) throw failure;
    }
    if (number === looks) return undefined;
    await setTimeout(gem.retry.delay(number));
  }
}

function toUnseen(failure: unknown): unknown {
  if (!isWritten(failure) || failure instanceof WrittenUnseen) return failure;
  return new WrittenUnseen(failure.operation, 'Gem did it, and its answer cannot be read', {
    cause: failure,
  });
}
