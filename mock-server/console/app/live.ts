// Keeps what is shown as it is on the server.
import { signal, useSignalEffect } from '@preact/signals';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** Goes up whenever something may have changed. */
export const beat = signal(0);

/** Says that something has changed, so that all that is shown is asked for anew. */
export function refresh(): void {
  beat.value += 1;
}

/** Looks once a second, while somebody can see it. */
export function watch(): void {
  setInterval(() => {
    if (!document.hidden) refresh();
  }, 1000);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) refresh();
  });
}

/** What a server answered, or why it did not. The last answer stays while the next one is under way. */
export interface Answer<Value> {
  value: Value | undefined;
  error: Error | undefined;
  again: () => void;
}

/**
 * Asks for something, again when `depends` change, and with every beat where it is live.
 *
 * @param question undefined where there is nothing to ask yet
 */
export function useAnswer<Value>(
  question: (() => Promise<Value>) | undefined,
  depends: readonly unknown[],
  { isLive = true } = {},
): Answer<Value> {
  const [state, setState] = useState<{ value?: Value; error?: Error; of?: string }>({});
  const number = useRef(0);
  const busy = useRef(false);
  const of = JSON.stringify(depends);
  const askNow = useCallback(() => {
    if (!question) return;
    const own = (number.current += 1);
    busy.current = true;
    const finish = (next: { value?: Value; error?: Error }) => {
      if (own !== number.current) return;
      busy.current = false;
      setState((before) => ({
        ...(next.error && before.of === of && { value: before.value as Value }),
        ...next,
        of,
      }));
    };
    question().then(
      (value) => finish({ value }),
      (error: unknown) => finish({ error: error instanceof Error ? error : new Error(String(error)) }),
    );
    // What is asked depends on these alone.
  }, [of]);
  useEffect(askNow, [askNow]);
  const asked = useRef(askNow);
  asked.current = askNow;
  useSignalEffect(() => {
    const isFirst = beat.value === 0;
    if (isLive && !isFirst && !busy.current) asked.current();
  });
  return { value: state.value, error: state.error, again: askNow };
}
