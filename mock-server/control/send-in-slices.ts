import type { ServerResponse } from 'node:http';
import { Readable, pipeline } from 'node:stream';
import { headersOf, sendAnswer, type AnyAnswer } from '../../contracts/server/send-answer.ts';
import { givenInSlices } from '../machine/slices.ts';
import { jsonInSteps } from '../machine/json-in-steps.ts';

/** Pieces that are put together before anything is sent: an answer of no more has a length. */
const maxPieces = 8;

/**
 * Sends an answer as JSON. A large one is made and sent piece by piece, as fast as the caller reads: other requests do not
 * wait for it, and it is never in memory as a whole. Its length is not sent before.
 */
export function sendInSlices(
  response: ServerResponse,
  answer: AnyAnswer,
  headers?: Record<string, string>,
): void {
  const { body } = answer;
  if (typeof body !== 'object' || body === null) return sendAnswer(response, answer, headers);
  const pieces = jsonInSteps(body);
  const first: string[] = [];
  let next = pieces.next();
  for (; next.done !== true && first.length < maxPieces; next = pieces.next()) first.push(next.value);
  if (next.done === true) {
    sendAnswer(response, { ...answer, body: Buffer.from(first.join('')) }, headers);
    return;
  }
  const { 'Content-Length': _length, ...others } = headersOf(answer, 0, headers);
  response.writeHead(answer.status, others);
  const all = (function* (piece: string) {
    yield* [...first, piece];
    yield* pieces;
  })(next.value);
  // A client that has gone away needs no more of it.
  pipeline(Readable.from(givenInSlices(all)), response, () => {});
}
