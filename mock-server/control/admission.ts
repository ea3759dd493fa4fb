import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { asksUnderOwnName, comesFromLoopback } from '../http/client-address.ts';
import { isOwn } from '../http/cross-origin.ts';
import { ControlProblem } from './problems.ts';

/**
 * Decides who may steer the server. With a token, clients that know it; without one, only this machine, and only under a name
 * that no other machine can have: a page of another site could point its own name here (DNS rebinding). In both cases no
 * page of another origin, but for those that are named.
 *
 * @param origins whose pages may ask the server; a `*` among them lets none steer it
 * @returns a function that throws ControlProblem 401 or 403
 */
export function createAdmission(
  token: string | undefined,
  origins: readonly string[] = [],
): (request: Request) => void {
  const expected = token === undefined ? undefined : digest(token);
  return (request) => {
    if (expected) requireToken(request, expected);
    else requireThisMachine(request);
    refuseOtherOrigins(request, origins);
  };
}

/**
 * Decides who is shown a page that holds no secret: with a token everybody, for the page asks for it; without one this machine
 * alone, as in {@link createAdmission}.
 *
 * @returns a function that throws ControlProblem 403
 */
export function createPageAdmission(token: string | undefined): (request: Request) => void {
  return (request) => {
    if (token === undefined) requireThisMachine(request);
  };
}

function requireToken(request: Request, expected: Buffer): void {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
  // Digests are of one length, and comparing them takes the same time wherever they differ.
  if (token !== undefined && timingSafeEqual(digest(token), expected)) return;
  throw new ControlProblem(401, 'The control token is wanted: Authorization: Bearer ….');
}

function requireThisMachine(request: Request): void {
  if (!comesFromLoopback(request)) {
    throw new ControlProblem(
      403,
      `Without a control token only this machine is answered, and of a container only the container itself; ${remedy}.`,
    );
  }
  if (!asksUnderOwnName(request)) {
    throw new ControlProblem(
      403,
      `Without a control token only localhost is answered, by that name; ${remedy}.`,
    );
  }
}

/** How others are let in. */
const remedy = 'start the server with a token in GEM_CONTROL_TOKEN, and send it as Authorization: Bearer …';

/**
 * A browser says which page a request comes from: by its origin whenever it could do harm, and for what a page only takes in,
 * such as a picture or a script, by how the two sites are related (https://www.w3.org/TR/fetch-metadata/). Clients that are no
 * browsers say neither.
 */
function refuseOtherOrigins(request: Request, origins: readonly string[]): void {
  const origin = request.get('origin');
  const isAllowed =
    origin === undefined ? !isTakenIn(request) : isOwn(origin, request) || origins.includes(origin);
  if (isAllowed) return;
  throw new ControlProblem(
    403,
    'Pages of other origins are not answered, unless the server is started with --cors and the origin.',
  );
}

/** Whether a page of another origin takes it in. What somebody opens by a link of such a page, no page can read. */
function isTakenIn(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  const isOpened =
    request.method === 'GET' &&
    request.get('sec-fetch-mode') === 'navigate' &&
    request.get('sec-fetch-dest') === 'document';
  return (site === 'cross-site' || site === 'same-site') && !isOpened;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
