// How a request that is held can be made once more: with which headers and which body.

import { heldForm, type HeldForm } from './held-form.ts';
import type { KeptExchange } from './kept-exchange.ts';

/** A request that can be made once more. */
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
}

/**
 * What it takes to make a request again.
 *
 * @returns a reason in words where that cannot be
 */
export function repeatOf(kept: KeptExchange | undefined): Repeat | string {
  if (!kept) return 'its headers and its body are forgotten by now';
  const state = stateOfSent(kept);
  if (state === 'cut') return 'its body was too long to be held';
  if (state === 'unread') return 'its body was not read when it came, and so is not held';
  const lines = linesOf(kept.headers);
  const form = heldForm(kept);
  return {
    target: kept.target,
    headers: lines.filter(([name]) => isRepeated(name)),
    hasKey: lines.some(([name]) => name.toLowerCase() === 'x-api-key'),
    text: form || kept.body === null ? undefined : JSON.stringify(kept.body),
    form,
  };
}

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

/** Whether a header holds a secret. */
export function isSecret(name: string): boolean {
  return secrets.has(name.toLowerCase());
}

const secrets = new Set([
  'x-api-key',
  'x-application-secret',
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
]);

/** Whether a header belongs to the request and not to the connection or the program that it came with. */
function isRepeated(name: string): boolean {
  const small = name.toLowerCase();
  return !secrets.has(small) && !ofConnection.has(small) && !/^(sec-|proxy-)/.test(small);
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
