import {
  GemAnswerUnreadable,
  GemError,
  GemRefusedInput,
  GemUnavailable,
  type GemClient,
} from '../gem/index.ts';

/** A write to Gem, and how to find out whether it happened. */
export interface Write<Result> {
  write(): Promise<Result>;
  /** Looks the write up at Gem; undefined when it has not happened. */
  find(): Promise<Result | undefined>;
}

/**
 * Writes to Gem so that nothing is written twice. After a timeout, a cut connection or a 5xx, nobody knows whether Gem
 * did what it was asked for, so it is looked up before the write is tried again (kombo-unified-api §3.2).
 *
 * @throws GemError when Gem refuses, or goes on to fail; UnifiedProblem where `write` does
 */
export async function writeOnce<Result>(gem: GemClient, { write, find }: Write<Result>): Promise<Result> {
  const attempts = 1 + Math.min(gem.retry.limit, 2);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      const next = decide(error, attempt);
      if (next === 'give up') throw error;
      const found = await findOr(error, find);
      if (found !== undefined) return found;
      if (next === 'look' || attempt === attempts) throw error;
      await new Promise((resume) => setTimeout(resume, gem.retry.delay(attempt)));
    }
  }
}

/** What follows a failure: nothing, a look whether the write happened, or that and another attempt. */
function decide(error: unknown, attempt: number): 'give up' | 'look' | 'try again' {
  if (error instanceof GemUnavailable) return 'try again';
  // Gem did something, though it does not say it in a way that can be read.
  if (error instanceof GemAnswerUnreadable) return 'look';
  // A repetition may be refused because the first attempt took effect after all, later than it was looked up.
  return attempt > 1 && error instanceof Error && isRefusal(error) ? 'look' : 'give up';
}

function isRefusal(error: Error): boolean {
  return error instanceof GemRefusedInput || error.cause instanceof GemRefusedInput;
}

/** The failure of the write says more than that of the look. */
async function findOr<Result>(
  failure: unknown,
  find: () => Promise<Result | undefined>,
): Promise<Result | undefined> {
  try {
    return await find();
  } catch (error) {
    throw error instanceof GemError ? failure : error;
  }
}
