// What the log holds of a request and its answer. This is done for every request, and hardly any is looked at: so nothing is
// copied or written out before somebody looks.
import type { Request } from 'express';
import { toInstant } from '../../contracts/clock.ts';
import type { ControlSchemas } from '../../contracts/control.ts';
import type { Exchange } from '../../contracts/server/layers.ts';
import { Serialised } from '../../contracts/server/serialised.ts';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import { bytesOfFiles, longestBody, type KeptAnswer, type KeptExchange } from '../requests/kept-exchange.ts';
import { lengthOf, sizeOfLetters, type NewRequest } from '../requests/request-log.ts';
import type { MetRequest, Trace } from '../requests/request.ts';
import { longestText, shorten } from '../requests/shorten.ts';

/** A request that was answered, as the log lists it: it puts itself into words when it is read. */
export class AnsweredRequest implements NewRequest {
  readonly operation: string | null;
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, unknown>;
  readonly status: number | null;
  readonly milliseconds: number;
  readonly size: number;
  readonly #time: number;
  readonly #trace: Trace | undefined;
  readonly #body: unknown;
  readonly #answer: unknown;

  /**
   * @param seen.target path and query as they were asked for
   * @param seen.time what the clock shows, in milliseconds since 1970
   */
  constructor(
    { operation, method, path, query, trace }: Omit<MetRequest, 'body' | 'left'>,
    body: LoggedBody,
    answer: AnyAnswer,
    { target, time, milliseconds }: { target: string; time: number; milliseconds: number },
  ) {
    this.operation = operation;
    this.method = method;
    this.path = path;
    this.query = query;
    this.status = answer.status === 0 ? null : answer.status;
    // Smaller parts than microseconds mean nothing.
    this.milliseconds = Math.round(milliseconds * 1000) / 1000;
    this.#time = time;
    this.#trace = isEmpty(trace) ? undefined : trace;
    this.#body = body.value;
    this.#answer = loggedAnswer(method, answer);
    this.size = sizeOfLetters(target.length + body.letters + lettersOf(this.#answer));
  }

  get at(): string {
    return toInstant(this.#time);
  }

  get body(): unknown {
    return shorten(this.#body);
  }

  get answer(): unknown {
    return this.#answer instanceof Serialised ? JSON.parse(this.#answer.bytes.toString()) : this.#answer;
  }

  get faults(): string[] {
    return this.#trace?.faults ?? [];
  }

  get fault_kinds(): string[] | undefined {
    const kinds = this.#trace?.faultKinds ?? [];
    return kinds.length > 0 ? kinds : undefined;
  }

  get assumptions(): string[] {
    return this.#trace?.assumptions ?? [];
  }

  get tolerated(): string[] {
    return this.#trace?.tolerated ?? [];
  }

  /** The same without its bodies, as an event tells it. */
  inShort(number: number): ControlSchemas['RequestSummary'] {
    const { operation, method, path, query, status, milliseconds } = this;
    const faults = this.#trace?.faultKinds ?? none;
    const assumptions = this.#trace?.assumptions ?? none;
    return { number, operation, method, path, query, status, milliseconds, faults, assumptions };
  }
}

/** Events are only ever written out, so most of them share it. */
const none: string[] = [];

/** Whether nothing took part in an answer that is told of. */
export function isEmpty({ faults, assumptions, varied, tolerated }: Trace): boolean {
  return faults.length + assumptions.length + varied.length + tolerated.length === 0;
}

/** A body as the log holds it, and about how long it is. */
interface LoggedBody {
  value: unknown;
  letters: number;
}

const noBody: LoggedBody = { value: null, letters: 0 };

/** A body for the log: one that is long is cut short at once, so that it does not hold on to all of it. */
export function toLogged({ headers }: Request, body: unknown): LoggedBody {
  if (body === null) return noBody;
  const length = headers['content-encoding'] === undefined ? Number(headers['content-length']) : NaN;
  if (length <= longestText) return { value: body, letters: length };
  const short = shorten(body);
  return { value: short, letters: lengthOf(short) };
}

/** What was read can be read again; of refusals and writes the body is recorded, unless it is large. */
function loggedAnswer(method: string, { status, body }: AnyAnswer): unknown {
  const isRead = (method === 'GET' || method === 'HEAD') && status < 400;
  if (status === 0 || body === undefined || isRead) return null;
  if (Buffer.isBuffer(body)) return body.length > maxLoggedBytes ? null : body.toString();
  if (!(body instanceof Serialised)) return shorten(body);
  return body.byteLength > maxLoggedBytes ? null : body;
}

/** Bytes of an answer that is recorded. */
const maxLoggedBytes = 64 * 1024;

function lettersOf(value: unknown): number {
  if (value instanceof Serialised) return value.byteLength;
  return lengthOf(value);
}

/**
 * What the log is to hold of a request and its answer beside the entry that it lists.
 *
 * @param bodies.sent the body as it came
 * @param bodies.logged the same as the log holds it
 */
export function keepExchange(
  { request, files, headers }: Exchange<unknown>,
  { sent, logged }: { sent: unknown; logged: unknown },
  answer: AnyAnswer,
): KeptExchange {
  const { 'content-length': length } = request.headers;
  const bodyBytes = length === undefined ? undefined : Number(length);
  // A body whose length nobody told may be of any size, and so may each of its files.
  const isBodyWhole =
    bodyBytes !== undefined
      ? bodyBytes <= longestBody
      : logged === sent && bytesOfFiles(files) <= longestBody;
  return {
    target: request.originalUrl,
    headers: heldOnce(request.rawHeaders),
    body: isBodyWhole ? sent : logged,
    isBodyWhole,
    bodyBytes,
    files: isBodyWhole ? files : noFiles,
    answer: answer.status === 0 ? undefined : keepAnswer(answer, headers),
  };
}

const noFiles = {};

/** A client sends the same headers time and again: the same list of them is held for all its requests. */
function heldOnce(headers: readonly string[]): readonly string[] {
  const isSame =
    headers.length === lastHeaders.length && headers.every((text, index) => text === lastHeaders[index]);
  if (!isSame) lastHeaders = headers;
  return lastHeaders;
}

let lastHeaders: readonly string[] = [];

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
