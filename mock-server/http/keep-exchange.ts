import type { Exchange } from '../../contracts/server/layers.ts';
import { Serialised } from '../../contracts/server/serialised.ts';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import { bytesOfFiles, longestBody, type KeptAnswer, type KeptExchange } from '../requests/kept-exchange.ts';

/**
 * What the log is to hold of a request and its answer. Nothing is copied or written out: this is done for every request.
 *
 * @param sent the body as it came
 * @param short the same as the log lists it
 */
export function keepExchange(
  { request, files, headers }: Exchange<unknown>,
  { sent, short }: { sent: unknown; short: unknown },
  answer: AnyAnswer,
): KeptExchange {
  const { 'content-length': length } = request.headers;
  const bodyBytes = length === undefined ? undefined : Number(length);
  // A body whose length nobody told may be of any size, and so may each of its files.
  const isBodyWhole =
    bodyBytes !== undefined ? bodyBytes <= longestBody : short === sent && bytesOfFiles(files) <= longestBody;
  return {
    target: request.originalUrl,
    headers: request.rawHeaders,
    body: isBodyWhole ? sent : short,
    isBodyWhole,
    bodyBytes,
    files: isBodyWhole ? files : {},
    answer: answer.status === 0 ? undefined : keepAnswer(answer, headers),
  };
}

function keepAnswer({ status, body, headers: own }: AnyAnswer, headers: Record<string, string>): KeptAnswer {
  const bytes =
    body instanceof Serialised ? body.byteLength : Buffer.isBuffer(body) ? body.length : undefined;
  const isCut = bytes !== undefined && bytes > longestBody;
  return { status, headers: [headers, own], body: isCut ? beginningOf(body) : body, bytes, isCut };
}

/** A part of a buffer would hold on to all of it; a copy of the beginning does not. */
function beginningOf(body: unknown): unknown {
  if (body instanceof Serialised) return body.beginning(longestBody);
  return Buffer.isBuffer(body) ? Buffer.from(body.subarray(0, longestBody)) : body;
}
