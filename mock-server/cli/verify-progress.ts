import type { Progress } from '../../contracts/harness/verify-connector.ts';
import { visible } from '../../contracts/harness/report/show-value.ts';
import { wrapWords } from '../../contracts/harness/report/text-width.ts';
import type { Stream } from './verify-outside.ts';

/** Shows how far a verification has come: on a terminal one line that is written over, elsewhere one line for each step. */
export function showVerifyProgress(stream: Stream): { update(progress: Progress): void; finish(): void } {
  const begin = stream.isTTY ? '\r\u001b[2K' : '';
  const shrunk = new Set<string | undefined>();
  return {
    update({ stage, rule, text }) {
      if (stream.isTTY) {
        const [line = ''] = wrapWords(visible(text), (stream.columns ?? 80) - 3);
        stream.write(`${begin}  ${line}`);
        return;
      }
      // A file need not hold every step on the way to the smallest world.
      if (stage === 'shrinking' && shrunk.has(rule)) return;
      if (stage === 'shrinking') shrunk.add(rule);
      stream.write(`${text}\n`);
    },
    finish: () => void stream.write(begin),
  };
}
