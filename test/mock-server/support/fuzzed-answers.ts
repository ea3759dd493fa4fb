// Which answers a request may get, whatever it is.
import type { FuzzedRequest } from './fuzzed-requests.ts';

/** Why an answer is wrong, if it is. */
export function judge(
  kind: FuzzedRequest['kind'],
  text: string,
  status: number,
  head: string,
  body: string,
): string | undefined {
  if (/^\s+at .*:\d+:\d+\)?$|node:internal|\.ts:\d+/m.test(body)) return 'a stack trace';
  if (status === 0) return kind === 'bytes' || kind === 'faulty' ? undefined : 'no answer';
  // What a fault was told to give is right whatever it is.
  if (kind === 'faulty') return undefined;
  const isRefusedGuess = status === 501 && body.includes('This world refuses what is only assumed');
  if (status >= 500 && !isRefusedGuess) return 'an error of ours';
  if (status < 400 || text.startsWith('HEAD ')) return undefined;
  const first = body.split('HTTP/1.1 ')[0] ?? '';
  if (kind === 'bytes') return isProblem(first) || isGems(head, status, first) ? undefined : 'no shape';
  if (/^\w+ \/_control(\/|\?| )/.test(text))
    return isProblem(body) ? undefined : 'not the shape of the control API';
  return isGems(head, status, body) ? undefined : 'not the shape of Gem';
}

/** A refusal of the control API. */
function isProblem(body: string): boolean {
  const { message, problems = [], ...rest } = read(body) ?? {};
  if (typeof message !== 'string' || message === '' || Object.keys(rest).length > 0) return false;
  return (
    Array.isArray(problems) && problems.every((one: object) => Object.keys(one).join() === 'path,message')
  );
}

/** A refusal of Gem's application, of the gateway before it, or of its file store. */
function isGems(head: string, status: number, body: string): boolean {
  if (/^Content-Type: text\/plain; charset=utf-8$/im.test(head))
    return /^(Access denied|Not found): [^\n]*\n$/.test(body);
  const answer = read(body);
  if (!answer) return false;
  if (!('code' in answer)) return Object.keys(answer).join() === 'message' && gateways.has(status);
  return answer['code'] === status && typeof answer['status'] === 'string';
}

const gateways = new Set([400, 403, 413, 429, 431]);

function read(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
