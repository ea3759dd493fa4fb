import type { Progress } from '../../../contracts/harness/judge-worlds.ts';
import { visible } from '../../../contracts/harness/report/show-value.ts';
import { wrapWords } from '../../../contracts/harness/report/text-width.ts';
import { stopwatch } from '../../machine/time.ts';
import type { Stream } from '../terminal.ts';

/**
 * Shows the progress of a verification, in percent and with the time left. A terminal gets one line that is overwritten, other
 * streams get one line for each step.
 *
 * @param of how many worlds there are of each kind, or how many milliseconds they may take together
 * @param now milliseconds from some moment on
 */
export function showVerifyProgress(
  stream: Stream,
  of: { worlds: number; varied: number; budget?: number },
  now: () => number = stopwatch,
): { update(progress: Progress): void; finish(): void } {
  const begin = stream.isTTY ? '\r\u001b[2K' : '';
  const shrunk = new Set<string | undefined>();
  const estimate = createEstimate(now);
  const startedAt = now();
  const { budget } = of;
  let part = '';
  return {
    update({ phase, rule, done, text }) {
      if (phase !== 'shrinking') {
        const before = phase === 'world' ? done : of.worlds + done;
        part =
          budget === undefined
            ? estimate(before, of.worlds + of.varied)
            : estimate(Math.min(now() - startedAt, budget), budget);
      }
      const told = phase === 'shrinking' ? text : `${text} (${part})`;
      if (stream.isTTY) {
        const [line = ''] = wrapWords(visible(told), (stream.columns ?? 80) - 3);
        stream.write(`${begin}  ${line}`);
        return;
      }
      // Other streams get one line for the whole search of a smallest world.
      if (phase === 'shrinking' && shrunk.has(rule)) return;
      if (phase === 'shrinking') shrunk.add(rule);
      stream.write(`${told}\n`);
    },
    finish: () => void stream.write(begin),
  };
}

/**
 * The progress in words: `25 %, about 40 s left`. The estimate follows the time of the steps so far, so there is none before
 * the first step ends.
 *
 * @param now milliseconds from some moment on
 */
export function createEstimate(now: () => number = stopwatch): (done: number, of: number) => string {
  const startedAt = now();
  return (done, of) => {
    const percent = `${of === 0 ? 100 : Math.floor((100 * done) / of)} %`;
    if (done === 0 || done >= of) return percent;
    const seconds = ((now() - startedAt) / done / 1000) * (of - done);
    return `${percent}, about ${seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`} left`;
  };
}
