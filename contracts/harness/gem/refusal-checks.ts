// Checks of refusals: Gem's application answers with an envelope, its gateway with a message.
import { STATUS_CODES } from 'node:http';
import type { Answer } from '../../drift/seen.ts';
import { isNode } from '../../drift/document.ts';
import type { Notes } from './outcome.ts';
import { oneOfWords, literal, shape } from '../../drift/shape.ts';

/**
 * Checks that Gem's application refused something in its envelope (gem-ats-api §1.9).
 *
 * @param field where the error has to stand below `errors`, such as `['query', 'page']`
 * @param place the place of the description that this settles
 */
export function expectEnvelope(
  { expect }: Notes,
  about: string,
  { status, body }: Answer,
  expected: number,
  field: readonly string[] = [],
  place?: string,
): void {
  if (!expect(about, 'status', expected, status, place)) return;
  if (!isNode(body)) return void expect(about, 'body', literal('object'), shape(body));
  expect(
    about,
    'code',
    expected,
    typeof body['code'] === 'number' ? body['code'] : shape(body['code']),
    place,
  );
  const phrase = STATUS_CODES[expected] ?? '';
  expect(about, 'status in the body', literal(phrase), oneOfWords(body['status'], [phrase]), place);
  if (field.length === 0) return;
  const texts = field.reduce<unknown>((node, key) => (isNode(node) ? node[key] : undefined), body['errors']);
  expect(about, `errors.${field.join('.')}`, true, Array.isArray(texts) && texts.length > 0, place);
}

/** The first error of a field. */
export function errorOf({ body }: Answer, field: readonly string[]): unknown {
  const found = ['errors', ...field].reduce<unknown>(
    (node, key) => (isNode(node) ? node[key] : undefined),
    body,
  );
  return Array.isArray(found) ? found[0] : undefined;
}

/** Checks that the gateway refused something in its own form, which has `message` and nothing else (gem-ats-api §1.2). */
export function expectGateway(
  { expect }: Notes,
  about: string,
  { status, body }: Answer,
  expected: number,
  message: string,
): void {
  if (!expect(about, 'status', expected, status)) return;
  if (!isNode(body)) return void expect(about, 'body', literal('object'), shape(body));
  expect(about, 'message', literal(message), oneOfWords(body['message'], [message]));
  expect(about, 'fields', 1, Object.keys(body).length);
}
