import type { ServerResponse } from 'node:http';
import { clearInterval, setInterval, setTimeout } from 'node:timers';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import { toWorldEvent, type EventLog, type HeldEvent, type WorldEvent } from '../world/event-log.ts';

/** Which events are sent. */
export interface EventRequest {
  /** The public id of a world; undefined for all. */
  world: string | undefined;
  /** The id of the last event that the client knows. */
  after: string | undefined;
  /** Whether to wait for what happens next. */
  wait: boolean;
}

/** The streams of a server that are open. */
export class EventStreams {
  readonly #events: EventLog;
  readonly #settle: (world: string | undefined) => void;
  readonly #open = new Set<ServerResponse>();

  /** @param settle lets happen what fell due in a world, or in all: who follows them is told although nobody asks them anything */
  constructor(events: EventLog, settle: (world: string | undefined) => void) {
    this.#events = events;
    this.#settle = settle;
  }

  /** Whether somebody follows what happens. */
  get areFollowed(): boolean {
    return this.#open.size > 0;
  }

  /** An answer that goes on as long as there is somebody who reads it (https://html.spec.whatwg.org/#server-sent-events). */
  answer(request: EventRequest): AnyAnswer & { status: 200; body: undefined } {
    return {
      status: 200,
      body: undefined,
      deliver: (response, headers) => {
        response.writeHead(200, {
          ...headers,
          'Content-Type': 'text/event-stream',
          // A proxy that gathers answers would hold each event back.
          'X-Accel-Buffering': 'no',
        });
        if (response.req.method === 'HEAD') response.end();
        else this.#send(response, request);
      },
    };
  }

  /** Ends all of them, and resolves when what was sent has left. */
  async close(): Promise<void> {
    const ended = [...this.#open].map(
      (response) =>
        new Promise<void>((resolve) => {
          // One that nobody reads is cut.
          const cut = setTimeout(resolve, patience).unref();
          response.once('close', resolve).end(() => resolve());
          response.once('close', () => clearTimeout(cut));
        }),
    );
    await Promise.all(ended);
  }

  #send(response: ServerResponse, { world, after, wait }: EventRequest): void {
    const events = this.#events;
    const known = after ?? headerOf(response);
    const start = this.#startOf(known);
    let next = typeof start === 'number' ? start : events.newest + 1;
    // Says that the stream stands, also to clients that wait for the first byte.
    response.write(`retry: ${retry}\n: ${events.name}-${next - 1}\n\n`);
    if (typeof start !== 'number')
      response.write(frame({ type: 'reset', reason: start }, this.#idOf(next - 1)));

    /** Sends what is there, as much as the client takes: it goes on when the client has read that. */
    let isFull = false;
    const sendMore = () => {
      if (isFull || response.writableEnded) return;
      for (; next <= events.newest; next += 1) {
        if (response.writableLength > longestQueue) {
          isFull = true;
          response.once('drain', () => {
            isFull = false;
            sendMore();
          });
          return;
        }
        const held = events.get(next);
        if (!held) {
          next = events.newest;
          response.write(frame({ type: 'reset', reason: 'forgotten' }, this.#idOf(next)));
        } else if (world === undefined || held.world === world) {
          response.write(frame(toWorldEvent(held), this.#idOf(next)));
          if (world !== undefined && isEnd(held)) return void response.end();
        }
      }
    };
    sendMore();
    if (!wait && !response.writableEnded) response.end();
    if (response.writableEnded) return;

    const leave = events.listen(sendMore);
    const heartbeat = setInterval(() => {
      if (!response.writableEnded) response.write(': still here\n\n');
    }, heartbeatEvery).unref();
    const settling = setInterval(() => this.#settle(world), settleEvery).unref();
    this.#open.add(response);
    const end = () => {
      leave();
      clearInterval(heartbeat);
      clearInterval(settling);
      this.#open.delete(response);
    };
    response.once('close', end).once('finish', end);
  }

  /** Where the events begin that a client does not know, or why that cannot be told. */
  #startOf(known: string | undefined): number | 'restarted' | 'forgotten' {
    const events = this.#events;
    if (known === undefined || known === '') return events.newest + 1;
    const [, name, digits = ''] = /^(\w+)-(\d{1,15})$/.exec(known) ?? [];
    const number = Number(digits);
    if (name !== events.name || number > events.newest) return 'restarted';
    return number + 1 < events.oldest ? 'forgotten' : number + 1;
  }

  #idOf(number: number): string {
    return `${this.#events.name}-${number}`;
  }
}

/** Milliseconds between two signs of life: proxies cut connections that are silent for half a minute. */
const heartbeatEvery = 15_000;

/** Milliseconds after which something that fell due is told of at the latest. */
const settleEvery = 1000;

/** Milliseconds after which a client that was cut off comes back. */
const retry = 1000;

/** Milliseconds for what is on its way when the server stops. */
const patience = 500;

/** Bytes that wait for a client to read them. */
const longestQueue = 256 * 1024;

function isEnd({ happening }: HeldEvent): boolean {
  return happening.type === 'world' && happening.what === 'dropped';
}

function headerOf(response: ServerResponse): string | undefined {
  const header = response.req.headers['last-event-id'];
  return typeof header === 'string' ? header : undefined;
}

function frame(event: WorldEvent, id: string): string {
  return `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
