import { signal } from '@preact/signals';
import { calls, curlOf, Refused, type ShownCall } from '../api/call.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { refresh } from './live.ts';

interface Notice {
  number: number;
  text: string;
  isBad: boolean;
  /** The call that it is about. */
  made: ShownCall | undefined;
}

const notices = signal<readonly Notice[]>([]);
let count = 0;

/**
 * Does something, and says what came of it in a notice that shows the call as curl.
 *
 * @param done what is said when it went well
 * @returns what it gave, or undefined where it was refused
 */
export async function act<Value>(done: string, work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    const value = await work();
    say(done, { made: calls.peek().find(({ method }) => method !== 'GET') });
    refresh();
    return value;
  } catch (error) {
    say(reasonOf(error), { isBad: true });
    return undefined;
  }
}

/** Says something that is gone after a while. */
export function say(
  text: string,
  { isBad = false, made }: { isBad?: boolean; made?: ShownCall | undefined } = {},
): void {
  const number = (count += 1);
  notices.value = [...notices.value.slice(-2), { number, text, isBad, made }];
  setTimeout(() => dismiss(number), isBad ? 12_000 : 6000);
}

function dismiss(number: number): void {
  notices.value = notices.value.filter((notice) => notice.number !== number);
}

/** Why something was refused, with each problem. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const details =
    error instanceof Refused ? error.problems.map(({ path, message }) => `${path}: ${message}`) : [];
  return [error.message, ...details].join(' ');
}

/** The notices, where a screen reader hears them. */
export function Notices() {
  return (
    <div class="notices">
      <div role="status">{notices.value.filter(({ isBad }) => !isBad).map(show)}</div>
      <div role="alert">{notices.value.filter(({ isBad }) => isBad).map(show)}</div>
    </div>
  );
}

function show({ number, text, isBad, made }: Notice) {
  return (
    <div key={number} class={isBad ? 'notice bad' : 'notice'}>
      <p>{text}</p>
      {made && <CopyButton text={curlOf(made)} label="Copy as curl" />}
      <button type="button" class="quiet" aria-label="Close the notice" onClick={() => dismiss(number)}>
        ✕
      </button>
    </div>
  );
}
