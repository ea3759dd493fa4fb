// Answers in the forms of a world that varies.
import type { Operation } from '../../contracts/description.ts';
import { gemDescription } from '../../contracts/gem.ts';
import type { Forms } from '../../contracts/guesses.ts';
import type { Exchange, Layer, Next } from '../../contracts/server/layers.ts';
import { UnknownPath } from '../../contracts/server/mount.ts';
import { bytesOf, type AnyAnswer } from '../../contracts/server/send-answer.ts';
import { createVary } from '../../contracts/vary.ts';
import { translateProblem } from '../problems/problems.ts';
import { serialise } from '../resources/resource.ts';
import type { RequestContext } from './request-context.ts';

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
