import type { ControlSchemas } from '../../contracts/control.ts';
import { againHeader } from '../http/sent-again.ts';
import type { HeldForm } from '../requests/kept-exchange.ts';
import { isOfConnection, isSecret, linesOf, masked, repeatOf } from '../requests/repeat.ts';
import type { Remembered } from '../requests/request-log.ts';
import type { RecordedRequest } from '../requests/request.ts';
import type { LiveWorld } from '../worlds/live-world.ts';
import { consolePrefix } from './console.ts';
import { controlPrefix, type ControlContext } from './context.ts';
import { ControlProblem, notValid } from './problems.ts';

// Not imported by name, as in contracts/server/listen.ts: it takes long.
const {
  request: startRequest,
  validateHeaderName,
  validateHeaderValue,
} = process.getBuiltinModule('node:http');

/** A request that is ready to be sent, but for the key. */
export interface AgainPlan {
  method: string;
  /** Path and query. */
  target: string;
  headers: readonly (readonly [string, string])[];
  hasKey: boolean;
  body: string | HeldForm | undefined;
}

/**
 * What is sent when a request is sent again.
 *
 * @param different what is not as it was
 * @throws ControlProblem 409 where it cannot be sent any more, 422 where it cannot be as it is wanted
 */
export function planAgain({ entry, kept }: Remembered, different: ControlSchemas['SendAgain']): AgainPlan {
  const { method = entry.method, path, headers, body } = different;
  const repeat = repeatOf(kept);
  const missing = kept
    ? body === undefined
      ? repeat?.missing
      : undefined
    : 'its headers are forgotten by now';
  if (!kept || !repeat || missing !== undefined) {
    throw new ControlProblem(409, `Request ${entry.number} cannot be sent again: ${missing}.`);
  }
  const target = path ?? repeat.target;
  if (/[^\x21-\x7e]/.test(target)) throw notValid('body.path', 'has letters that an address writes as %XX');
  if (isOwn(target)) throw notValid('body.path', leadsNowhere);
  return {
    method,
    target,
    headers: headers ? exchanged(headers, linesOf(kept.headers)) : linesOf(kept.headers).filter(isSent),
    hasKey: repeat.hasKey,
    body: body === undefined ? (repeat.form ?? repeat.text) : (body ?? undefined),
  };
}

/**
 * Sends a request to the server's own door.
 *
 * @returns how it stands in the log of the world
 * @throws ControlProblem 422 where no API of Gem has such a path
 */
export async function sendTo(
  { url, sentAgain }: ControlContext,
  world: LiveWorld,
  plan: AgainPlan,
): Promise<RecordedRequest> {
  const { headers, body } = await encoded(plan);
  const { name, recorded, forget } = sentAgain.announce();
  const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
  const host = headers.some(([header]) => header.toLowerCase() === 'host')
    ? []
    : [['Host', new URL(url).host]];
  const all = [
    ...host,
    ...headers,
    ...(plan.hasKey ? [['X-API-Key', world.key]] : []),
    ...(body ? [['Content-Length', String(body.length)]] : []),
    [againHeader, name],
  ];
  // A connection of its own, which ends with the answer.
  const request = startRequest(`${url}${plan.target}`, {
    method: plan.method,
    headers: all.flat(),
    agent: false,
  });
  let areTooLarge = false;
  request.on('response', (response) => {
    areTooLarge = response.statusCode === 431;
    response.resume();
  });
  request.on('close', () => end(undefined)).on('error', () => end(undefined));
  request.end(body);
  try {
    const found = await Promise.race([recorded, over]);
    if (found) return found;
  } finally {
    forget();
  }
  if (areTooLarge) throw notValid('body.headers', 'are more, with the path, than a server takes');
  throw notValid('body.path', leadsNowhere);
}

/** Whether an address is of the emulator itself, whose streams never end, and whose calls would be made and then refused. */
function isOwn(target: string): boolean {
  const path = URL.parse(target, 'http://localhost')?.pathname ?? '';
  return [controlPrefix, consolePrefix].some((prefix) => `${path}/`.startsWith(`${prefix}/`));
}

const leadsNowhere = 'leads to no API of Gem';

/** Headers that were given in place of those that were sent; a secret that was shown masked is what it was. */
function exchanged(
  headers: Readonly<Record<string, string>>,
  before: readonly [string, string][],
): [string, string][] {
  return Object.entries(headers).flatMap(([name, given]) => {
    const small = name.toLowerCase();
    const isUnchanged = given === masked && isSecret(name);
    const value = isUnchanged ? before.find(([other]) => other.toLowerCase() === small)?.[1] : given;
    if (value === undefined || !isSent([name, value])) return [];
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw notValid(`body.headers.${name}`, 'is no header that can be sent');
    }
    return [[name, value] satisfies [string, string]];
  });
}

function isSent([name]: readonly [string, string]): boolean {
  const small = name.toLowerCase();
  return small === 'host' || !(small === 'x-api-key' || small === againHeader || isOfConnection(name));
}

/** The bytes of a body, and the headers that go with them. */
async function encoded({ headers, body }: AgainPlan): Promise<{
  headers: readonly (readonly [string, string])[];
  body: Buffer | undefined;
}> {
  if (body === undefined || typeof body === 'string') {
    return { headers, body: body === undefined ? undefined : Buffer.from(body) };
  }
  const form = new FormData();
  for (const { name, value, file } of body) {
    if (file) form.append(name, new File([new Uint8Array(file.content)], value, { type: file.contentType }));
    else form.append(name, value);
  }
  const written = new Response(form);
  const type = written.headers.get('content-type') ?? '';
  const others = headers.filter(([name]) => name.toLowerCase() !== 'content-type');
  return { headers: [...others, ['Content-Type', type]], body: Buffer.from(await written.arrayBuffer()) };
}
