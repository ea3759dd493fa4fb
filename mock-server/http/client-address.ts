// Where a request comes from, and under which address it asked.
import type { Request } from 'express';

/** The address that a request was sent to, as behind a published port of a container; or, where it is trusted, behind a proxy. */
export function addressOf(request: Request): string | undefined {
  const { host, protocol } = request;
  const isOne =
    host !== undefined && host.length < 256 && /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(host);
  return isOne && /^https?$/.test(protocol) ? `${protocol}://${host}` : undefined;
}

/** Whether a request comes from this machine, under a name that no other machine can have. */
export function isFromThisMachine(request: Request): boolean {
  return comesFromLoopback(request) && asksUnderOwnName(request);
}

/** Whether a request comes from this machine, or of a container from the container itself. */
export function comesFromLoopback(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

/** Whether a request asks under a name that no other machine can have. */
export function asksUnderOwnName(request: Request): boolean {
  return ownNames.has((request.get('host') ?? '').toLowerCase().replace(/:\d+$/, ''));
}

const ownNames = new Set(['localhost', '127.0.0.1', '[::1]']);
