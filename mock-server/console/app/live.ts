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

/** Goes up every few seconds while somebody looks. What a connector does is told by nobody, and counts of a minute run down by themselves. */
const passing = signal(0);

/** Whether anything that is shown was answered. */
let isAnswered = false;

/** Looks again whenever the server tells of something; every second while it is away. */
export function watch(): void {
  void listen();
  let seconds = 0;
  setInterval(() => {
    seconds += 1;
    if (document.hidden) return;
    if (server.value !== 'well') refresh();
    else if (seconds % 5 === 0) passing.value += 1;
  }, 1000);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) refresh();
  });
}

/** Hears what happens in all worlds, for as long as the page is open. */
async function listen(): Promise<never> {
  for (;;) {
    try {
      await listenOnce();
    } catch {
      // It went away; it is asked again below.
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function listenOnce(): Promise<void> {
  const gone = new AbortController();
  const { signal: abort } = gone;
  const headers = { Accept: 'text/event-stream' };
  const response = await send('/_control/events', { headers, signal: abort });
  if (!response.ok || !response.body) return;
  // What happened between an answer and this was told to nobody.
  if (isAnswered) refresh();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let isDue = false;
  for (;;) {
    // A connection may end without a word, as when a computer sleeps.
    const silence = setTimeout(() => gone.abort(), longestSilence);
    const { done, value = '' } = await reader.read().finally(() => clearTimeout(silence));
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

/** Milliseconds; a server gives a sign of life every 15 seconds. */
const longestSilence = 40_000;

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
 * @param options.isPassing whether it changes without being told of, so that it is asked for every few seconds as well, as
 *   is all that could not be answered
 */
export function useAnswer<Value>(
  question: ((superseded: AbortSignal) => Promise<Value>) | undefined,
  depends: readonly unknown[],
  { isLive = true, isPassing = false } = {},
): Answer<Value> {
  const [state, setState] = useState<{ value?: Value; error?: Error; of?: string }>({});
  const number = useRef(0);
  const busy = useRef(false);
  const isAgain = useRef(false);
  const hasFailed = useRef(false);
  const asking = useRef(new AbortController());
  /** What it was asked after: what came later is asked for again. */
  const knownOf = useRef({ told: beat.peek(), passed: passing.peek() });
  const of = JSON.stringify(depends);
  const askNow = useCallback(() => {
    if (!question) return;
    const own = (number.current += 1);
    const { signal } = asking.current;
    busy.current = true;
    const finish = (next: { value?: Value; error?: Error }) => {
      if (own !== number.current) return;
      busy.current = false;
      isAnswered = true;
      hasFailed.current = next.error !== undefined;
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
    const before = knownOf.current;
    const { told, passed } = (knownOf.current = { told: beat.value, passed: passing.value });
    const isDue = told !== before.told || (passed !== before.passed && (isPassing || hasFailed.current));
    if (!isDue || !isLive) return;
    if (busy.current) isAgain.current = true;
    // What asking itself looks at is nothing to ask again for.
    else untracked(asked.current);
  });
  return { value: state.value, error: state.error, isCurrent: state.of === of, again: askNow };
}
