import { pino } from 'pino';
import type { OnRequest, RecordedRequest } from '../requests/request-log.ts';

/**
 * Prints every request on standard output: a line of JSON each for programs, or a short line for people. Keys and
 * secrets are headers, and headers are not recorded.
 */
export function createRequestPrinter(form: 'text' | 'json'): OnRequest {
  if (form === 'text') {
    return (request, world) => process.stdout.write(`${toLine(request, world)}\n`);
  }
  const logger = pino({ base: null, timestamp: false, messageKey: 'message' });
  return ({ at, ...request }, world) => logger.info({ at, world: world ?? null, ...request }, 'request');
}

/** `200 GET /ats/v0/jobs/?page=2 listJobs 3 ms · fault-1 · rests on switch same_person`. */
function toLine(request: RecordedRequest, world: string | undefined): string {
  const query = new URLSearchParams(request.query as Record<string, string>).toString();
  const remarks = [
    ...request.faults,
    ...request.assumptions.map((name) => `rests on ${name}`),
    ...request.let_pass.map((text) => `let pass ${text}`),
  ];
  return [
    [
      request.status ?? '---',
      request.method,
      query === '' ? request.path : `${request.path}?${query}`,
      request.operation ?? '(no operation)',
      `${request.milliseconds.toFixed(1)} ms`,
      `world ${world?.slice(0, 8) ?? 'unknown'}`,
    ].join('  '),
    ...remarks,
  ].join(' · ');
}
