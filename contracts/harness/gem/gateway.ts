import type { Answer } from './caller.ts';
import type { Notes } from './outcome.ts';
import { oneOfWords, ours, shape } from './shown.ts';
import { isNode } from './document.ts';

/** Notes whether the gateway refused something in its own way, which knows `message` and nothing else (gem-ats-api §1.2). */
export function expectGateway(
  { expect }: Notes,
  about: string,
  { status, body }: Answer,
  expected: number,
  message: string,
): void {
  if (!expect(about, 'status', expected, status)) return;
  if (!isNode(body)) return void expect(about, 'body', ours('object'), shape(body));
  expect(about, 'message', ours(message), oneOfWords(body['message'], [message]));
  expect(about, 'fields', 1, Object.keys(body).length);
}
