import { SpanKind } from '@opentelemetry/api';
import { isHTTPError, isTimeoutError } from 'ky';
import { instruments } from '../observe/instruments.ts';
import { noteFailure, traced, traceHeaders } from '../observe/trace.ts';
import type { OperationId } from './call-types.ts';

/** One attempt of a call. */
export interface Attempt {
  operation: OperationId | 'passthrough';
  method: string;
  /** Counts from 1. */
  number: number;
  /** Whether the caller has broken it off. */
  isBrokenOff: () => boolean;
}

/**
 * Makes one attempt as one step of the trace, and counts it. Gem is told the trace. Neither the address nor the parameters are
 * noted, because they may name people.
 *
 * @param send is given the headers that carry the trace on
 */
export function observeAttempt<Answer extends { status: number }>(
  { operation, method, number, isBrokenOff }: Attempt,
  send: (headers: Record<string, string>) => Promise<Answer>,
): Promise<Answer> {
  const attributes = {
    'gem.operation': operation,
    'http.request.method': method.toUpperCase(),
    ...(number > 1 && { 'http.request.resend_count': number - 1 }),
  };
  return traced(`Gem ${operation}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    const begin = performance.now();
    let status = 'unreachable';
    try {
      const answer = await send(traceHeaders());
      status = `${answer.status}`;
      return answer;
    } catch (error) {
      status = isBrokenOff() ? 'broken_off' : statusOf(error);
      throw error;
    } finally {
      instruments.gemCalls.add(1, { operation, status });
      instruments.gemCallSeconds.record((performance.now() - begin) / 1000, { operation });
      if (/^\d+$/.test(status)) span.setAttribute('http.response.status_code', Number(status));
      if (!status.startsWith('2')) noteFailure(span, status);
    }
  });
}

/** Counts a wait for the limit of the key. */
export function noteTurn(milliseconds: number): void {
  instruments.gemWaitSeconds.record(milliseconds / 1000, { cause: 'limit' });
}

/** Counts that a call is tried again after a wait. */
export function noteRetry(operation: OperationId, error: unknown, milliseconds: number): void {
  const reason = statusOf(error);
  instruments.gemRetries.add(1, { operation, reason });
  instruments.gemWaitSeconds.record(milliseconds / 1000, { cause: reason === '429' ? 'throttled' : 'retry' });
}

function statusOf(error: unknown): string {
  if (isHTTPError(error)) return `${error.response.status}`;
  return isTimeoutError(error) ? 'timeout' : 'unreachable';
}
