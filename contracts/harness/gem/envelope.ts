import { STATUS_CODES } from 'node:http';
import type { Answer } from './caller.ts';
import { isNode } from './document.ts';
import type { Notes } from './outcome.ts';
import { oneOfWords, ours, shape } from './shown.ts';

/**
 * Notes whether Gem's application refused something in its envelope (gem-ats-api §1.9).
 *
 * @param field where the complaint has to stand below `errors`, such as `['query', 'page']`
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
  if (!isNode(body)) return void expect(about, 'body', ours('object'), shape(body));
  expect(
    about,
    'code',
    expected,
    typeof body['code'] === 'number' ? body['code'] : shape(body['code']),
    place,
  );
  const phrase = STATUS_CODES[expected] ?? '';
  expect(about, 'status in the body', ours(phrase), oneOfWords(body['status'], [phrase]), place);
  if (field.length === 0) return;
  const texts = field.reduce<unknown>((node, key) => (isNode(node) ? node[key] : undefined), body['errors']);
  expect(about, `errors.${field.join('.')}`, true, Array.isArray(texts) && texts.length > 0, place);
}

/** The first complaint about a field. */
export function complaintOf({ body }: Answer, field: readonly string[]): unknown {
  const found = ['errors', ...field].reduce<unknown>(
    (node, key) => (isNode(node) ? node[key] : undefined),
    body,
  );
  return Array.isArray(found) ? found[0] : undefined;
}
