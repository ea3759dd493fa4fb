import { onTestFinished } from 'vitest';
import type { ControlSchemas } from '../../contracts/control.ts';

type WorldEvent = ControlSchemas['WorldEvent'];

/** A server-sent event as it came. */
export interface SentEvent<Type extends WorldEvent['type'] = WorldEvent['type']> {
  id: string;
  data: WorldEvent & { type: Type };
}

/** A stream of events that is read as they come. */
export interface EventReader {
  /** The id that stood at the beginning. */
  start: string;
  /** Waits for the next event of a type; what comes before it is passed over. */
  next<Type extends WorldEvent['type']>(type: Type): Promise<SentEvent<Type>>;
  /** Resolves when the stream has ended, with all that was left of it. */
  rest(): Promise<SentEvent[]>;
}

/** Opens a stream of events, and ends it with the test. */
export async function readEvents(url: string, headers: Record<string, string> = {}): Promise<EventReader> {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const response = await fetch(url, { headers, signal: leaving.signal });
  if (response.status !== 200 || !response.body)
    throw new Error(`${response.status}: ${await response.text()}`);
  const frames = framesOf(response.body);
  const opening = (await frames.next()).value ?? '';
  const nextEvent = async (): Promise<SentEvent | undefined> => {
    for (;;) {
      const { value: frame, done } = await frames.next();
      if (done) return undefined;
      const [, id, type, data] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(frame) ?? [];
      if (id === undefined || data === undefined) continue;
      const event = JSON.parse(data) as WorldEvent;
      if (event.type !== type) throw new Error(`${type} is called ${event.type} in its data`);
      return { id, data: event };
    }
  };
  return {
    start: /^: (.*)$/m.exec(opening)?.[1] ?? '',
    async next<Type extends WorldEvent['type']>(type: Type) {
      for (;;) {
        const event = await nextEvent();
        if (!event) throw new Error(`the stream ended before an event ${type}`);
        if (isOf(event, type)) return event;
      }
    },
    async rest() {
      const events: SentEvent[] = [];
      for (let event = await nextEvent(); event; event = await nextEvent()) events.push(event);
      return events;
    },
  };
}

function isOf<Type extends WorldEvent['type']>(event: SentEvent, type: Type): event is SentEvent<Type> {
  return event.data.type === type;
}

async function* framesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    yield* frames;
  }
  return undefined;
}
