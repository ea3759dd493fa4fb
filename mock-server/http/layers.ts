// Layers that a request goes through between the gateway and its handler; the larger ones have files of their own.
import { answerOf, type Layer } from '../../contracts/server/layers.ts';
import { GatewayProblem } from '../problems/problems.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { addressOf } from './client-address.ts';
import { readWords, readWordsOfBody } from './read-words.ts';
import type { RequestContext } from './request-context.ts';

/** Notes the body as it was sent, and goes on with the words for yes and no as Gem's framework reads them. */
export const understandWords: Layer<RequestContext> = (exchange, next) => {
  const { operation, context } = exchange;
  context.body = exchange.body ?? null;
  context.trace.tolerated.push(...exchange.tolerated);
  exchange.query = readWords(operation, exchange.query);
  exchange.body = readWordsOfBody(operation, exchange.body);
  return next();
};

/** Lets a request meet the faults that wait for it. */
export const meetFaults: Layer<RequestContext> = (exchange, next) => {
  const { context } = exchange;
  const { faults } = context.world;
  if (!faults.areWaiting) return next();
  return context.whenSettled(() =>
    faults.meet(context, (instead) => {
      if (instead) exchange.query = { ...exchange.query, page: String(instead.page) };
      return answerOf(exchange, next);
    }),
  );
};

/**
 * Reaches the world as it is by now: its clock, its room, and where its links lead to.
 *
 * @param options.publicUrl where clients reach the server, if that is not where they asked
 */
export function reachWorld(options: {
  worlds: Worlds;
  publicUrl: string | undefined;
}): Layer<RequestContext> {
  return ({ request, operation, context }, next) =>
    // Since it was admitted, its body came in; meanwhile others may have begun something.
    context.whenSettled(() => {
      const { world, trace } = context;
      if (context.isOfBefore) throw new GatewayProblem(503, 'Service Unavailable');
      const full = operation?.body && options.worlds.whyFull(world);
      if (full !== undefined) throw new GatewayProblem(413, full);
      const { clock } = world;
      const linked = () => world.links.at(options.publicUrl ?? addressOf(request) ?? world.url, next);
      return trace.clockSkew === 0 ? linked() : clock.during(clock.now() + trace.clockSkew, linked);
    });
}
