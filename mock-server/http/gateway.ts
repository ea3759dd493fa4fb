import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Operation } from '../../contracts/description.ts';
import type { World } from '../world.ts';
import type { Worlds } from '../worlds.ts';
import { GatewayProblem, GemProblem, notFound } from './problems.ts';

/**
 * Makes the check that stands in front of every request: key, then application secret, then rate limit
 * (gem-ats-api §1.2, §1.4, §14 #12). A job board is public: there the path names the world.
 *
 * @param applicationSecret the partner's secret; a client that sends one must send this one
 */
export function createGateway(
  worlds: Worlds,
  applicationSecret: string,
): (request: Request, operation: Operation | undefined) => World {
  const expected = digest(applicationSecret);
  return (request, operation) => {
    const key = request.get('x-api-key');
    const world = operation?.isAnonymous
      ? boardWorld(worlds, request, key)
      : key
        ? worlds.open(key)
        : undefined;
    if (!world) throw new GatewayProblem(403, 'Forbidden');
    const secret = request.get('x-application-secret');
    if (secret !== undefined && !timingSafeEqual(digest(secret), expected)) {
      throw new GemProblem(403, { message: 'The application secret is not valid.' });
    }
    if (world.bucket?.take() === false) throw new GatewayProblem(429, 'Too Many Requests');
    return world;
  };
}

/** A key that a client sends anyway picks among worlds that share a board's name. */
function boardWorld(worlds: Worlds, request: Request, key: string | undefined): World {
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
