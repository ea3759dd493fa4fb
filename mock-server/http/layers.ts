// Layers that a request goes through between the gateway and its handler, in the order in which `app.ts` lists them; what a
// lenient world does has a file of its own.
import { answerOf, type Layer, type Exchange, type Next } from '../../contracts/server/layers.ts';
import type { Operation } from '../../contracts/description.ts';
import { gemDescription } from '../../contracts/gem.ts';
import type { Forms } from '../../contracts/guesses.ts';
import { UnknownPath } from '../../contracts/server/mount.ts';
import { bytesOf, type AnyAnswer } from '../../contracts/server/send-answer.ts';
import { createVary } from '../../contracts/vary.ts';
import { GatewayProblem, translateProblem, assumptionRefused } from '../problems/problems.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { serialise } from '../resources/resource.ts';
import type { World } from '../world/world.ts';
import { addressOf } from './client-address.ts';
import { readWords, readWordsOfBody } from './read-words.ts';
import type { RequestContext } from './record.ts';

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
    faults.meet(context, async (instead) => {
      if (instead) exchange.query = { ...exchange.query, page: String(instead.page) };
      return answerOf(exchange, next);
    }),
  );
};

/** Gives the answer the forms of a world that varies. */
export const varyAnswers: Layer<RequestContext> = (exchange, next) =>
  exchange.context.world.forms.size === 0 ? next() : vary(exchange, next);

async function vary({ operation, context }: Exchange<RequestContext>, next: Next): Promise<AnyAnswer> {
  const { trace, world } = context;
  const { forms } = world;
  if (!operation) return next();
  if (forms.get(operation.id) === 'missing') {
    trace.varied.push(operation.id);
    return noSuchPath;
  }
  const { answer, varied } = varyAnswer(operation, await next(), forms);
  trace.varied.push(...varied);
  return answer;
}

const noSuchPath = translateProblem(new UnknownPath(), () => {});

/** An answer in the forms of a world, and the guesses that changed it. */
function varyAnswer(
  operation: Operation,
  answer: AnyAnswer,
  forms: Forms,
): { answer: AnyAnswer; varied: readonly string[] } {
  const { status, body, headers = {} } = answer;
  if (answer.deliver || status >= 300 || Buffer.isBuffer(body)) return { answer, varied: [] };
  const bytes = bytesOf(answer);
  const plain: unknown = bytes === undefined ? undefined : JSON.parse(bytes.toString());
  const { varied, ...sent } = forGem.answer(operation, { status, headers, body: plain }, forms);
  if (varied.length === 0) return { answer, varied };
  const isValue = sent.body !== undefined && !Buffer.isBuffer(sent.body);
  return { answer: { ...sent, body: isValue ? serialise(sent.body) : sent.body }, varied };
}

const forGem = createVary(gemDescription);

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
      const { clock, history } = world;
      const work = operation?.method === 'get' ? next : () => history.during(context.cause, next);
      const linked = () => world.links.at(() => options.publicUrl ?? addressOf(request) ?? world.url, work);
      return trace.clockSkew === 0 ? linked() : clock.during(clock.now() + trace.clockSkew, linked);
    });
}

/** Notes what the outcome rests on that nothing proves; in a world that wants none of it, nothing has happened then. */
export const noteAssumptions: Layer<RequestContext> = ({ context: { world, trace } }, next) => {
  const work = () => noting(world, trace.assumptions, next);
  return world.unnotedSwitches.assumptions === 'answer' ? work() : world.transact(work);
};

/**
 * Does some work and notes what its outcome rests on, be it an answer or a refusal.
 *
 * @param work has to be done when it returns
 * @throws GemProblem 501 when it rests on anything and the world refuses that
 */
export function noting<Result>(world: World, noted: string[], work: () => Result): Result {
  const note = (name: string) => {
    const text = `switch ${name}`;
    if (!noted.includes(text)) noted.push(text);
  };
  if (world.unnotedSwitches.assumptions === 'answer') return world.noting(note, work);
  try {
    const result = world.noting(note, work);
    refuseAssumptions(noted);
    return result;
  } catch (error) {
    refuseAssumptions(noted);
    throw error;
  }
}

/** @throws GemProblem 501 when there are any */
export function refuseAssumptions(noted: readonly string[]): void {
  if (noted.length > 0) throw assumptionRefused(noted);
}
