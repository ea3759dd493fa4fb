// What can happen at Gem's door, each named by what happened. No text carries a key, a secret or a person's data.
import type { GemOperations, GemSchemas } from '../../contracts/gem.ts';

/** The common ground of all that can go wrong with Gem. */
export class GemError extends Error {
  readonly operation: keyof GemOperations;

  constructor(operation: keyof GemOperations, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.operation = operation;
  }
}

/**
 * The key was turned away: 401, or a 403 that is not Gem's own, which the gateway before it answers (gem-ats-api §1.2).
 * It speaks of one route only where the gateway lets the key through to others.
 */
export class GemRefusedKey extends GemError {
  /** The HTTP status. */
  readonly status: 401 | 403;

  constructor(
    operation: keyof GemOperations,
    message: string,
    { status = 403, ...options }: ErrorOptions & { status?: 401 | 403 } = {},
  ) {
    super(operation, message, options);
    this.status = status;
  }
}

/** Gem itself does not let the key do this, in its own shape (403): a permission, or the application secret, is missing. */
export class GemForbids extends GemError {}

/** Gem has no such record, or no such list (404). */
export class GemNotFound extends GemError {}

/** Gem does not know how to do this at all (405, 501), or the gateway has no such route. */
export class GemLacksOperation extends GemError {}

/** Gem refused what it was given (any other 4xx). */
export class GemRefusedInput extends GemError {
  /** The HTTP status. */
  readonly status: number;
  /** What Gem says about it; undefined when it says nothing in its own shape. */
  readonly problem: GemSchemas['Problem'] | undefined;

  constructor(
    operation: keyof GemOperations,
    message: string,
    {
      status,
      problem,
      ...options
    }: ErrorOptions & { status: number; problem: GemSchemas['Problem'] | undefined },
  ) {
    super(operation, message, options);
    this.status = status;
    this.problem = problem;
  }
}

/** Gem throttled the key for longer than the retries lasted (429). */
export class GemThrottled extends GemError {}

/**
 * Gem did not answer, or answered that it cannot now (408, 425, 5xx, network, timeout). A write may or may not have
 * happened.
 */
export class GemUnavailable extends GemError {}

/** Gem answered with something else than its description says. */
export class GemAnswerUnreadable extends GemError {}
