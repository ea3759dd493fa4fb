import { stringify } from 'safe-stable-stringify';
import { InvalidRequest } from '../../contracts/server/layers.ts';
import { MethodNotAllowed, UnknownPath } from '../../contracts/server/mount.ts';
import { UnsupportedContentType } from '../../contracts/server/read-body.ts';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import { Serialised } from '../../contracts/server/serialised.ts';
import { toErrorTree } from './validation-texts.ts';

// Not imported by name, as in contracts/server/listen.ts: it takes long.
const { STATUS_CODES } = process.getBuiltinModule('node:http');

/** A refusal by Gem's application, in its envelope: `code`, `status`, and `message` or `errors` (gem-ats-api §1.9). */
export class GemProblem extends Error {
  readonly status: number;
  readonly errors: object | undefined;

  constructor(status: number, options: { message?: string; errors?: object }) {
    super(options.message ?? '');
    this.status = status;
    this.errors = options.errors;
  }
}

/** A refusal by the gateway in front of Gem, which knows no envelope (gem-ats-api §1.2, §1.4). */
export class GatewayProblem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** 404: no record has this id. */
export function notFound(what: string): GemProblem {
  return new GemProblem(404, { message: `${what} not found.` });
}

/** 422: a field of the body does not hold, for a reason that no schema can see. */
export function invalidField(path: readonly string[], text: string, location = 'json'): GemProblem {
  const errors = path.reduceRight<object>((inner, key) => ({ [key]: inner }), [text]);
  return new GemProblem(422, { errors: { [location]: errors } });
}

/** 400: the request is well formed but Gem's rules forbid it. */
export function forbiddenByRule(message: string, errors?: object): GemProblem {
  return new GemProblem(400, { message, ...(errors && { errors }) });
}

/** No answer, because the client is gone. */
export const clientGone: AnyAnswer = { status: 0, body: undefined, deliver: () => {} };

/** 501: the answer would rest on what nothing proves, and the world refuses that. The emulator's own, not Gem's. */
export function assumptionRefused(assumptions: readonly string[]): GemProblem {
  return new GemProblem(501, {
    message: `This world refuses what is only assumed: ${assumptions.join(', ')}.`,
  });
}

/**
 * Turns a thrown error into an answer in the form of the layer that refuses.
 *
 * @param report is told of every defect: an error that is no refusal
 */
export function translateProblem(error: unknown, report: (defect: unknown) => void): AnyAnswer {
  if (error instanceof GatewayProblem) return answer(error.status, { message: error.message });
  if (error instanceof GemProblem) return envelope(error.status, error);
  if (error instanceof LinkRefused) return refuseLink(error);
  if (error instanceof InvalidRequest) return envelope(422, { errors: toErrorTree(error.violations) });
  if (error instanceof UnknownPath) return envelope(404, {});
  if (error instanceof MethodNotAllowed) return envelope(405, {});
  if (error instanceof UnsupportedContentType)
    return envelope(415, { message: `Content-Type must be ${error.message}.` });
  // A path with a broken escape leads nowhere.
  if (error instanceof Error && error.message.startsWith('Failed to decode param')) return envelope(404, {});
  const type = hasType(error) ? error.type : undefined;
  // The client that sent half a body is gone.
  if (type === 'request.aborted') return clientGone;
  // Both limits are the gateway's: the application never sees such a body.
  if (type === 'entity.too.large' || hasCode(error, 'LIMIT_PART_COUNT'))
    return answer(413, { message: 'Request Too Long' });
  if (type === 'entity.parse.failed') return envelope(400, { errors: { json: ['Invalid JSON body.'] } });
  if (type?.startsWith('encoding.') || type?.startsWith('charset.')) return envelope(415, {});
  if (isClientFault(error)) return envelope(400, { message: 'The request body could not be read.' });
  report(error);
  return envelope(500, { message: 'Internal server error' });
}

/**
 * What is no request, as the gateway refuses it.
 *
 * @param code the parser's word for what is wrong, such as `HPE_HEADER_OVERFLOW`
 */
export function refuseUnparsed(code: string): AnyAnswer {
  const [status, message] = unparsed[code] ?? [400, 'Bad Request'];
  return answer(status, { message });
}

const unparsed: Readonly<Record<string, [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'Request Too Long'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
};

function envelope(
  status: number,
  { message, errors }: { message?: string | undefined; errors?: object | undefined },
): AnyAnswer {
  return answer(status, {
    code: status,
    status: STATUS_CODES[status] ?? 'Unknown',
    ...(message && { message }),
    ...(errors && { errors }),
  });
}

function answer(status: number, body: object): AnyAnswer {
  return { status, body: new Serialised(Buffer.from(stringify(body))) };
}

function hasType(error: unknown): error is { type: string } {
  return typeof error === 'object' && error !== null && 'type' in error && typeof error.type === 'string';
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/** Body parsers mark what the client did wrong with a status below 500, or are multer's own. */
function isClientFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('status' in error && typeof error.status === 'number') return error.status < 500;
  return (
    error.name === 'MulterError' ||
    /Unexpected end of form|Malformed part header|Boundary not found/.test(error.message)
  );
}

// How the store of files refuses the link to one.

/** The file store refuses, in plain words and without an envelope. */
export class LinkRefused extends Error {
  readonly status: 403 | 404;
  constructor(message: string, status: 403 | 404 = 403) {
    super(message);
    this.status = status;
  }
}

/** What a link gets whose time is over. */
export function linkExpired(): LinkRefused {
  return new LinkRefused('Access denied: the link has expired.');
}

/** What a link gets that was not made by this server, or was made for another file. */
export function linkNotSigned(): LinkRefused {
  return new LinkRefused('Access denied: the link is not signed for this file.');
}

/** The refusal as it is answered. */
export function refuseLink({ message, status }: LinkRefused): AnyAnswer {
  return {
    status,
    body: Buffer.from(`${message}\n`),
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  };
}
