// Keeps what is shown as it is on the server.
import { signal, untracked, useSignalEffect } from '@preact/signals';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { send, server } from '../api/call.ts';

/** Goes up whenever something may have changed. */
export const beat = signal(0);

/** Says that something has changed, so that all that is shown is asked for anew. */
export function refresh(): void {
  beat.value += 1;
}

/** Looks again whenever the server tells of something, and now and then besides; every second while it is away. */
export function watch(): void {
  void listen();
  let seconds = 0;
  setInterval(() => {
    seconds += 1;
    if (!document.hidden && (server.value !== 'well' || seconds % 5 === 0)) refresh();
  }, 1000);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) refresh();
  });
}

/** Hears what happens in all worlds, for as long as the page is open. */
async function listen(): Promise<never> {
  for (;;) {
    try {
      const response = await send('/_control/events', { headers: { Accept: 'text/event-stream' } });
      if (response.ok && response.body) await readAll(response.body);
    } catch {
      // It went away; it is asked again below.
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function readAll(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let isDue = false;
  for (;;) {
    const { done, value = '' } = await reader.read();
    if (done) return;
    // Many come at once; what is shown is asked for a few times a second at most.
    if (isDue || document.hidden || !/^data:/m.test(value)) continue;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      refresh();
    }, 150);
  }
}

/** What a server answered, or why it did not. The last answer stays while the next one is under way. */
export interface Answer<Value> {
  value: Value | undefined;
  error: Error | undefined;
  /** Whether it answers what is asked now, and not what was asked before. */
  isCurrent: boolean;
  again: () => void;
}

/**
 * Asks for something, again when `depends` change, and with every beat where it is live.
 *
 * @param question undefined where there is nothing to ask yet; it is told when something else is asked instead
 */
export function useAnswer<Value>(
  question: ((superseded: AbortSignal) => Promise<Value>) | undefined,
  depends: readonly unknown[],
  { isLive = true } = {},
): Answer<Value> {
  const [state, setState] = useState<{ value?: Value; error?: Error; of?: string }>({});
  const number = useRef(0);
  const busy = useRef(false);
  const isAgain = useRef(false);
  const asking = useRef(new AbortController());
  const of = JSON.stringify(depends);
  const askNow = useCallback(() => {
    if (!question) return;
    const own = (number.current += 1);
    const { signal } = asking.current;
    busy.current = true;
    const finish = (next: { value?: Value; error?: Error }) => {
      if (own !== number.current) return;
      busy.current = false;
      setState((before) => {
        const kept =
          next.error && before.of === of && before.value !== undefined ? { value: before.value } : {};
        return { ...kept, ...next, of };
      });
      // Something happened while this was under way.
      if (isAgain.current) asked.current();
      isAgain.current = false;
    };
    question(signal).then(
      (value) => finish({ value }),
      (error: unknown) => finish({ error: error instanceof Error ? error : new Error(String(error)) }),
    );
    // What is asked depends on these alone.
  }, [of]);
  // Before the page is drawn: who types is answered a frame earlier.
  useLayoutEffect(() => {
    askNow();
    return () => {
      asking.current.abort();
      asking.current = new AbortController();
    };
  }, [askNow]);
  const asked = useRef(askNow);
  asked.current = askNow;
  useSignalEffect(() => {
    if (beat.value === 0 || !isLive) return;
    if (busy.current) isAgain.current = true;
    // What asking itself looks at is nothing to ask again for.
    else untracked(asked.current);
  });
  return { value: state.value, error: state.error, isCurrent: state.of === of, again: askNow };
}
