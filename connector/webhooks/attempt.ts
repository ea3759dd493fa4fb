import { createHmac } from 'node:crypto';
import { CallFailed, callPublic } from '../outbound/call-public.ts';
import type { Delivery, DeliveryState, DeliveryAttempt } from '../store/queries/deliveries.ts';
import { type Vault, VaultCannotOpen } from '../store/vault.ts';
import { hintAtPrivateAddresses } from './check-webhook.ts';
import type { DeliverySettings } from './settings.ts';
import { traceHeaders } from '../observe/trace.ts';
import { type Clock, toInstant } from '../../contracts/clock.ts';

/**
 * Sends an event once. It has arrived when the receiver answers with a status of 2xx in time; redirects are not followed
 * (kombo-unified-api §4.7).
 *
 * @returns what came of it, without the secret or the address
 */
export async function attemptDelivery(
  { vault, clock, settings }: { vault: Vault; clock: Clock; settings: DeliverySettings },
  delivery: Delivery,
): Promise<DeliveryAttempt> {
  const start = clock.now();
  const at = toInstant(start);
  const outcome = await send(delivery, vault, settings);
  return { at, milliseconds: Math.max(0, clock.now() - start), ...outcome };
}

type Outcome = Pick<DeliveryAttempt, 'status' | 'problem' | 'answer'>;

async function send(
  { url, body, sealedSecret, sealedPreviousSecret }: Delivery,
  vault: Vault,
  { timeLimit, allowPrivateAddresses }: DeliverySettings,
): Promise<Outcome> {
  try {
    // A receiver that compares with one signature has the older secret until it is over.
    const previous = sealedPreviousSecret === null ? null : sign(body, vault.open(sealedPreviousSecret));
    const current = sign(body, vault.open(sealedSecret));
    const answer = await callPublic(new URL(url), {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Kombo-Signature': previous ?? current,
        'X-Mock-Gem-Signatures': previous === null ? current : `${previous} ${current}`,
        'User-Agent': 'mock-gem',
        'Accept-Encoding': 'identity',
        ...traceHeaders(),
      },
      body,
      allowPrivateAddresses,
      signal: AbortSignal.timeout(timeLimit),
    });
    const status = answer.statusCode ?? 0;
    return { status, problem: problemOf(status), answer: await readBeginning(answer) };
  } catch (error) {
    if (!(error instanceof CallFailed || error instanceof VaultCannotOpen)) throw error;
    return { status: null, problem: hintAtPrivateAddresses(error.message), answer: null };
  }
}

function problemOf(status: number): string | null {
  const kind = Math.floor(status / 100);
  if (kind === 2) return null;
  const redirect = kind === 3 ? ', and redirects are not followed' : '';
  return `the receiver answered with status ${status}${redirect}`;
}

/** Bytes of an answer that are saved. */
const maxAnswerBytes = 2048;

/** What of the beginning arrives in time; an answer that breaks off has been given all the same. */
async function readBeginning(answer: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    // An answer that is not read to its end is broken off.
    for await (const chunk of answer) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= maxAnswerBytes) break;
    }
  } catch {
    // What came before is saved.
  }
  // What is no UTF-8 becomes longer as text, so the text is cut.
  const text = decode(Buffer.concat(chunks));
  return decode(Buffer.from(text).subarray(0, maxAnswerBytes));
}

/** Leaves out a character that is not whole at the end. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes, { stream: true });
}

/**
 * Decides what follows an attempt to deliver an event.
 *
 * @param attempts how many there were, this one included; those before it was recovered do not count
 * @param now milliseconds since 1970, after the attempt
 */
export function afterAttempt(
  { problem }: Pick<DeliveryAttempt, 'problem'>,
  attempts: number,
  { delays }: Pick<DeliverySettings, 'delays'>,
  now: number,
): { state: DeliveryState; nextTryAt: string | null } {
  if (problem === null) return { state: 'DELIVERED', nextTryAt: null };
  const delay = delays[attempts - 1];
  if (delay === undefined) return { state: 'FAILED', nextTryAt: null };
  return { state: 'PENDING', nextTryAt: toInstant(now + delay) };
}

/**
 * What the header `X-Kombo-Signature` holds: HMAC-SHA256 over the body as it is sent, as base64url without padding
 * (kombo-unified-api §4.7).
 */
export function sign(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64url');
}
