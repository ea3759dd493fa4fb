// What pages of other origins may ask for (https://fetch.spec.whatwg.org/#http-cors-protocol). Gem is no API for browsers, so
// none may unless the operator says so.
import type { Request, RequestHandler } from 'express';
import { sendAnswer } from '../../contracts/server/send-answer.ts';

/**
 * An origin as browsers write it.
 *
 * @param text an origin, or `*` for any; `null` is the origin of a page that is a file
 * @throws Error in one line when it is none
 */
export function readOrigin(text: string): string {
  const isOwnWord = text === '*' || text === 'null';
  const address = URL.parse(text);
  const isOrigin =
    address !== null && /^https?:$/.test(address.protocol) && address.href === `${address.origin}/`;
  if (isOwnWord) return text;
  if (isOrigin) return address.origin;
  throw new Error(`an origin looks like http://localhost:5173, or is * for any, not ${text}`);
}

/**
 * Lets pages of some origins read the answers. For all others, what a browser asks beforehand is refused in words that say
 * what to do, and the operator is notified once for each origin.
 *
 * @param origins as {@link readOrigin} gives them
 */
export function createCrossOrigin(
  origins: readonly string[],
  notify: (message: string) => void,
): RequestHandler {
  const notified = new Set<string>();
  return (request, response, next) => {
    const origin = request.get('origin');
    if (origins.length > 0) response.setHeader('Vary', 'Origin');
    if (origin === undefined || isOwn(origin, request)) return next();
    const isPreflight =
      request.method === 'OPTIONS' && request.get('access-control-request-method') !== undefined;
    if (!mayAsk(origin, origins)) {
      const isNew = isWellFormed(origin) && !notified.has(origin) && notified.size < maxNotified;
      const message = refusalOf(isWellFormed(origin) ? origin : 'ORIGIN');
      if (isNew) {
        notified.add(origin);
        notify(message);
      }
      if (!isPreflight) return next();
      return sendAnswer(response, { status: 403, body: { message } });
    }
    response.setHeader('Access-Control-Allow-Origin', origins.includes('*') ? '*' : origin);
    response.setHeader('Access-Control-Expose-Headers', exposed);
    if (!isPreflight) return next();
    response.setHeader('Vary', 'Origin, Access-Control-Request-Headers');
    const wanted = request.get('access-control-request-headers');
    return sendAnswer(response, {
      status: 204,
      body: undefined,
      headers: {
        'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
        ...(wanted !== undefined && { 'Access-Control-Allow-Headers': wanted }),
        'Access-Control-Max-Age': '600',
      },
    });
  };
}

/** Whether pages of an origin may ask. */
export function mayAsk(origin: string, origins: readonly string[]): boolean {
  return origins.includes('*') || origins.includes(origin);
}

/** Whether a page that the server sent itself asks. */
export function isOwn(origin: string, request: Request): boolean {
  const host = request.get('host');
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

/** Headers that a page could not read otherwise. */
const exposed = [
  'X-Pagination',
  'X-Mock-Gem-Assumed',
  'X-Mock-Gem-Varied',
  'X-Mock-Gem-Tolerated',
  'Retry-After',
  'Allow',
  'Date',
  'Content-Disposition',
].join(', ');

/** Origins that the operator is notified of. */
const maxNotified = 20;

/** Whether a browser could have sent it; what else comes is not repeated. */
function isWellFormed(origin: string): boolean {
  return origin === 'null' || /^[a-z][a-z\d+.-]{0,20}:\/\/[\w.:[\]-]{1,250}$/i.test(origin);
}

function refusalOf(origin: string): string {
  return `Pages of ${origin} may not ask here. To let them, start mock-gem with --cors ${origin}, or startMockGem with { cors: '${origin}' }.`;
}
