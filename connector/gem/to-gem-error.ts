import { isHTTPError, isNetworkError, isTimeoutError, type HTTPError } from 'ky';
import type { GemSchemas } from '../../contracts/gem.ts';
import type { OperationId } from './call-types.ts';
import {
  GemAnswerUnreadable,
  GemLacksOperation,
  GemNotFound,
  GemRefusedInput,
  GemRefusedKey,
  GemThrottled,
  GemUnavailable,
  type GemError,
} from './errors.ts';

/** Names what happened after the last attempt. */
export function toGemError(operation: OperationId, error: unknown): GemError {
  if (isHTTPError(error)) return fromStatus(operation, error);
  if (isTimeoutError(error)) return new GemUnavailable(operation, 'Gem did not answer in time');
  // The library's own error carries the request, and the request the key; what is beneath it does not.
  const cause = isNetworkError(error) ? error.cause : error;
  return new GemUnavailable(operation, 'Gem could not be reached', { cause });
}

function fromStatus(operation: OperationId, error: HTTPError): GemError {
  const { status } = error.response;
  const options = { cause: new Error(`HTTP ${status}`) };
  if (status === 403) return new GemRefusedKey(operation, 'Gem refused the API key', options);
  if (status === 404) return new GemNotFound(operation, 'Gem has no such record', options);
  if (status === 405 || status === 501) {
    return new GemLacksOperation(operation, 'Gem does not have this operation', options);
  }
  if (status === 429) return new GemThrottled(operation, 'Gem throttles the API key', options);
  if (status >= 500) return new GemUnavailable(operation, `Gem failed with status ${status}`, options);
  if (status < 400) {
    return new GemAnswerUnreadable(operation, `Gem answered with status ${status}`, options);
  }
  const problem = readProblem(error.data);
  const reason = problem?.message ?? problem?.status ?? `status ${status}`;
  return new GemRefusedInput(operation, `Gem refused the input: ${reason}`, { ...options, status, problem });
}

function readProblem(data: unknown): GemSchemas['Problem'] | undefined {
  return isProblem(data) ? data : undefined;
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
