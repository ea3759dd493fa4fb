import { visible } from '../../contracts/harness/report/show-value.ts';
import type { OnRequest, RecordedRequest } from '../requests/request.ts';
import { refusalInWords } from '../requests/refusal-in-words.ts';

/**
 * Prints every request on standard output: a line of JSON each for programs, or a short line for people. Keys and
 * secrets are headers, and headers are not recorded.
 */
export async function createRequestPrinter(form: 'text' | 'json'): Promise<OnRequest> {
  if (form === 'text') {
    return (request, world) => process.stdout.write(`${requestLine(request, world)}\n`);
  }
  const { pino } = await import('pino');
  const logger = pino({ base: null, timestamp: false, messageKey: 'message' });
  return ({ at, ...request }, world) => logger.info({ at, world: world ?? null, ...request }, 'request');
}

/**
 * A request as one line for people: the time of its world, the status, what was asked, and what is remarkable about it.
 * `2026-11-16 09:00:00  422  POST /ats/v0/notes/  createNote  3.1 ms  world 0123abcd · body: Missing data.`
 *
 * @param world the id of its world; undefined where its key opened none
 */
export function requestLine(request: RecordedRequest, world: string | undefined): string {
  const query = new URLSearchParams(request.query as Record<string, string>).toString();
  const { status, answer, faults, fault_kinds: kinds = [] } = request;
  const reason = status === null || status >= 400 ? refusalInWords(answer) : undefined;
  const remarks = [
    ...faults.map((id, index) => `fault ${kinds[index] ?? id}`),
    ...(reason === undefined ? [] : [reason]),
    ...request.assumptions.map((name) => `rests on ${name}`),
    ...request.tolerated.map((text) => `tolerated ${text}`),
  ];
  const line = [
    [
      request.at.slice(0, 19).replace('T', ' '),
      status ?? '---',
      `${request.method} ${query === '' ? request.path : `${request.path}?${query}`}`,
      request.operation ?? '(no operation)',
      `${request.milliseconds.toFixed(1)} ms`,
      `world ${world?.slice(0, 8) ?? 'unknown'}`,
    ].join('  '),
    ...remarks,
  ].join(' · ');
  return visible(line);
}
