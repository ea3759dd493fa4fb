// What can happen at Gem's door, each named by what happened. No text carries a key, a secret or a person's data.
import { isHTTPError, isNetworkError, isTimeoutError, type HTTPError } from 'ky';
import type { GemOperations, GemSchemas } from '../../contracts/gem.ts';
import type { OperationId } from './call-types.ts';
import { LeftAlone } from './gate.ts';

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

/**
 * Names what happened after the last attempt.
 *
 * @param secrets texts that no error may tell, should Gem repeat them
 */
export function toGemError(operation: OperationId, error: unknown, secrets: readonly string[]): GemError {
  if (isHTTPError(error)) return fromStatus(operation, error, secrets);
  // Like a Gem that does not answer, though this call was not even made.
  if (error instanceof LeftAlone) return new GemUnavailable(operation, error.message, { cause: error });
  if (isTimeoutError(error)) return new GemUnavailable(operation, 'Gem did not answer in time');
  // The library's own error carries the request, and the request the key; what is beneath it does not.
  const cause = isNetworkError(error) ? error.cause : error;
  return new GemUnavailable(operation, 'Gem could not be reached', { cause });
}

function fromStatus(operation: OperationId, error: HTTPError, secrets: readonly string[]): GemError {
  const { status } = error.response;
  const data = without(secrets, error.data);
  const options = { cause: new Error(`HTTP ${status}`) };
  if (status === 403) return fromForbidden(operation, data, options);
  if (status === 401) return new GemRefusedKey(operation, 'Gem refused the API key', { ...options, status });
  if (status === 404) return new GemNotFound(operation, 'Gem has no such record', options);
  if (status === 405 || status === 501) {
    return new GemLacksOperation(operation, 'Gem does not have this operation', options);
  }
  if (status === 429) return new GemThrottled(operation, 'Gem throttles the API key', options);
  if (status >= 500 || status === 408 || status === 425) {
    return new GemUnavailable(operation, `Gem failed with status ${status}`, options);
  }
  if (status < 400) {
    return new GemAnswerUnreadable(operation, `Gem answered with status ${status}`, options);
  }
  const problem = isProblem(data) ? data : undefined;
  const reason = problem?.message ?? problem?.status ?? `status ${status}`;
  return new GemRefusedInput(operation, `Gem refused the input: ${reason}`, { ...options, status, problem });
}

/** The gateway answers with a message alone, Gem in its own shape (gem-ats-api §1.2, §1.9). */
function fromForbidden(operation: OperationId, data: unknown, options: ErrorOptions): GemError {
  const message = textOf(data, 'message') ?? textOf(data, 'status');
  if (typeof data === 'object' && data !== null && ('code' in data || 'status' in data)) {
    return new GemForbids(
      operation,
      `Gem does not permit it to this key: ${message ?? 'Forbidden'}`,
      options,
    );
  }
  // AWS says so of a route that it does not have, whatever the key is.
  if (message === 'Missing Authentication Token') {
    return new GemLacksOperation(operation, 'Gem does not have this operation', options);
  }
  return new GemRefusedKey(operation, 'Gem refused the API key', options);
}

function isProblem(data: unknown): data is GemSchemas['Problem'] {
  return (
    typeof data === 'object' &&
    data !== null &&
    'code' in data &&
    typeof data.code === 'number' &&
    'status' in data &&
    typeof data.status === 'string'
  );
}

function textOf(data: unknown, key: 'message' | 'status'): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const text: unknown = Reflect.get(data, key);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function without(secrets: readonly string[], data: unknown): unknown {
  const text = JSON.stringify(data) ?? 'null';
  const contained = secrets.filter((secret) => secret !== '' && text.includes(secret));
  if (contained.length === 0) return data;
  return JSON.parse(contained.reduce((left, secret) => left.replaceAll(secret, '(secret)'), text));
}
