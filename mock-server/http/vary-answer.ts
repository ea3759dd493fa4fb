// Answers in the forms of a world that varies.
import type { Operation } from '../../contracts/description.ts';
import { gemDescription } from '../../contracts/gem.ts';
import type { Forms } from '../../contracts/guesses.ts';
import { bytesOf, type AnyAnswer } from '../../contracts/server/send-answer.ts';
import { createVary } from '../../contracts/vary.ts';
import { serialise } from '../resources/resource.ts';

/** Whether the operation is among those that a world with these forms does not have. */
export function isMissing(operation: Operation, forms: Forms): boolean {
  return forms.get(operation.id) === 'missing';
}

/** An answer in the forms of a world, and the guesses that changed it. */
export function varyAnswer(
  operation: Operation,
  answer: AnyAnswer,
  forms: Forms,
): { answer: AnyAnswer; varied: readonly string[] } {
  const { status, body, headers = {} } = answer;
  if (answer.deliver || status >= 300 || Buffer.isBuffer(body)) return { answer, varied: [] };
  const bytes = bytesOf(answer);
  const plain: unknown = bytes === undefined ? undefined : JSON.parse(bytes.toString());
  const { varied, ...sent } = vary.answer(operation, { status, headers, body: plain }, forms);
  if (varied.length === 0) return { answer, varied };
  const isValue = sent.body !== undefined && !Buffer.isBuffer(sent.body);
  return { answer: { ...sent, body: isValue ? serialise(sent.body) : sent.body }, varied };
}

const vary = createVary(gemDescription);
