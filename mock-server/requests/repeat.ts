// How a request that is held can be made once more: with which headers and which body.

import { heldForm, type HeldForm, type KeptExchange } from './kept-exchange.ts';

/** What it takes to make a request once more. */
export interface Repeat {
  /** Path and query. */
  target: string;
  /** Names and values; none that the next connection has of its own, and no secret. */
  headers: [string, string][];
  /** Whether it carried a key. */
  hasKey: boolean;
  /** The text of a body that is no form. */
  text: string | undefined;
  form: HeldForm | undefined;
  /** Why it cannot be made again as it was, in words. */
  missing: string | undefined;
}

/** How a request can be made again; undefined once it is forgotten. */
export function repeatOf(kept: KeptExchange | undefined): Repeat | undefined {
  if (!kept) return undefined;
  const lines = linesOf(kept.headers);
  const form = heldForm(kept);
  return {
    target: kept.target,
    headers: lines.filter(([name]) => !isSecret(name) && !isOfConnection(name)),
    hasKey: lines.some(([name]) => name.toLowerCase() === 'x-api-key'),
    text: form || kept.body === null ? undefined : JSON.stringify(kept.body),
    form,
    missing: reasons[stateOfSent(kept)],
  };
}

const reasons: Readonly<Record<string, string>> = {
  cut: 'its body was too long to be held',
  unread: 'its body was not read when it came, and so is not held',
};

/** How much of the body that came in is held. */
export function stateOfSent({
  body,
  bodyBytes,
  isBodyWhole,
  headers,
}: KeptExchange): 'none' | 'whole' | 'cut' | 'unread' {
  if (body !== null) return isBodyWhole ? 'whole' : 'cut';
  const isChunked = linesOf(headers).some(([name]) => name.toLowerCase() === 'transfer-encoding');
  return isChunked || (bodyBytes ?? 0) > 0 ? 'unread' : 'none';
}

/** Headers by name and value. */
export function linesOf(headers: readonly string[]): [string, string][] {
  return Array.from({ length: Math.floor(headers.length / 2) }, (_, index) => [
    headers[2 * index] ?? '',
    headers[2 * index + 1] ?? '',
  ]);
}

/** Whether a header holds a secret. Clients put keys into headers that Gem does not know, too, as for a proxy in front of it. */
export function isSecret(name: string): boolean {
  return secrets.test(name);
}

const secrets =
  /(?:^|[-_])(?:api-?key|authorization|auth|cookie|credentials?|password|secret|session|token)(?:$|[-_])/i;

/** What stands in the place of a secret. */
export const masked = '(masked)';

/** Whether a header belongs to the connection or the program that a request came with, and not to the request. */
export function isOfConnection(name: string): boolean {
  const small = name.toLowerCase();
  return ofConnection.has(small) || /^(sec-|proxy-)/.test(small);
}

const ofConnection = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
]);
