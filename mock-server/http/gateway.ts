import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Operation } from '../../contracts/description.ts';
import type { Exchange, Layer, Next } from '../../contracts/server/layers.ts';
import { linkNotSigned, GatewayProblem, GemProblem, notFound } from '../problems/problems.ts';
import { attachmentOperation } from '../requests/operations.ts';
import type { LiveWorld } from '../worlds/live-world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { noting, refuseAssumptions } from './layers.ts';
import type { RequestContext } from './record.ts';

/**
 * What every request meets first (gem-ats-api §1.2, §1.4, §14 #12): the key, the application secret, the rate limit,
 * and whether the operation is proven at all where the world wants that.
 *
 * @param applicationSecret the partner's secret; a client that sends one must send this one
 */
export function admitToWorld(worlds: Worlds, applicationSecret: string): Layer<RequestContext> {
  const expected = digest(applicationSecret);
  return (exchange, next) => {
    const { opening } = worlds;
    return opening ? opening.then(() => admit(exchange, next), refuseAll) : admit(exchange, next);
  };

  function admit({ request, operation, context }: Exchange<RequestContext>, next: Next): ReturnType<Next> {
    const world = worldOf(worlds, request, operation);
    context.enter(world);
    return context.whenSettled(() => {
      const noted = context.trace.assumptions;
      noting(world, noted, () => check(request, operation, world));
      if (operation?.evidence.grade === 'assumed') noted.push(`operation ${operation.id}`);
      if (world.unnotedSwitches.assumptions === 'refuse') refuseAssumptions(noted);
      return next();
    });
  }

  /**
   * Application secret, then rate limit. The file store knows neither.
   *
   * @throws GemProblem 403, GatewayProblem 429
   */
  function check(request: Request, operation: Operation | undefined, world: LiveWorld): void {
    if (operation === attachmentOperation) return;
    const secret = request.get('x-application-secret');
    const isWrong = secret !== undefined && !timingSafeEqual(digest(secret), expected);
    if (isWrong && world.switches.wrong_secret === 'refuse') {
      throw new GemProblem(403, { message: 'The application secret is not valid.' });
    }
    if (world.bucket?.take() === false) throw new GatewayProblem(429, 'Too Many Requests');
  }
}

/**
 * The world that a request is for: its key names it. A job board and the file behind a link are public: there the path does.
 *
 * @throws GatewayProblem 403, GemProblem 404 without such a board, LinkRefused
 */
function worldOf(worlds: Worlds, request: Request, operation: Operation | undefined): LiveWorld {
  if (operation === attachmentOperation) return linkedWorld(worlds, request);
  const key = request.get('x-api-key');
  if (operation?.isAnonymous) return boardWorld(worlds, request, key);
  const world = key ? worlds.open(key) : undefined;
  if (!world) throw new GatewayProblem(403, 'Forbidden');
  return world;
}

/** The first world cannot be made, so the server is about to end. */
function refuseAll(): never {
  throw new GatewayProblem(503, 'Service Unavailable');
}

/** A link carries the public id of its world. */
function linkedWorld(worlds: Worlds, request: Request): LiveWorld {
  const world = worlds.byId(String(request.params['world']));
  if (!world) throw linkNotSigned();
  return world;
}

/** A key that a client sends anyway picks among worlds that share a board's name. */
function boardWorld(worlds: Worlds, request: Request, key: string | undefined): LiveWorld {
  const vanity = request.params['vanity_url_path'];
  const own = key ? worlds.open(key) : undefined;
  if (own && own.company.vanity === vanity) return own;
  const world = typeof vanity === 'string' ? worlds.byVanity(vanity) : undefined;
  if (!world) throw notFound('Job board');
  return world;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
