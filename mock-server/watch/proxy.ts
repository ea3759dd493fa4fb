import {
  request as requestOverHttp,
  Agent as HttpAgent,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { request as requestOverHttps, Agent as HttpsAgent } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { listen, type Listening } from '../../contracts/server/listen.ts';

/** What went to and fro, as bytes. */
export interface RawExchange {
  method: string;
  /** The path with its query. */
  target: string;
  requestHeaders: IncomingMessage['headers'];
  /** Undefined where it was too large to be kept. */
  requestBody: Buffer | undefined;
  status: number;
  answerHeaders: IncomingMessage['headers'];
  answerBody: Buffer | undefined;
}

export interface ProxyOptions {
  host: string;
  port: number;
  /** Where everything is passed on to. */
  target: URL;
  /** Is given each exchange once all of it has passed. */
  onExchange: (exchange: RawExchange) => void;
  /** Is told whenever something passes. */
  onPassing?: () => void;
  /** Bytes of a body that are kept to be looked at; more only passes through. */
  keep?: number;
}

/**
 * Passes requests on to another server, and its answers back, byte by byte as they come. Only what is about the connection
 * itself and the name of the host is set anew. It is written on `node:http`, since libraries for it parse headers, and so change
 * their case and order.
 *
 * @throws PortTaken
 */
export async function startProxy({
  host,
  port,
  target,
  onExchange,
  onPassing = () => {},
  keep = 32 * 1024 * 1024,
}: ProxyOptions): Promise<Listening> {
  const isSecure = target.protocol === 'https:';
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const send = isSecure ? requestOverHttps : requestOverHttp;
  const listening = await listen({ host, port }, () => (incoming, outgoing) => {
    onPassing();
    const asked = new Kept(incoming, keep, onPassing);
    const options: RequestOptions = {
      agent,
      host: target.hostname,
      port: target.port,
      method: incoming.method,
      path: incoming.url,
      headers: ['Host', target.host, ...passedOn(incoming.rawHeaders, ['host'])],
    };
    const onward = send(options, (answer) => {
      onPassing();
      const answered = new Kept(answer, keep, onPassing);
      outgoing.sendDate = false;
      outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, passedOn(answer.rawHeaders, []));
      // A body that breaks off breaks off for the client too.
      answer.once('error', () => outgoing.destroy());
      answer.pipe(outgoing);
      outgoing.once('finish', () => {
        onPassing();
        onExchange({
          method: incoming.method ?? '',
          target: incoming.url ?? '',
          requestHeaders: incoming.headers,
          requestBody: asked.body,
          status: answer.statusCode ?? 0,
          answerHeaders: answer.headers,
          answerBody: answered.body,
        });
      });
    });
    onward.once('error', (error) => refuse(outgoing, target, error));
    outgoing.once('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  return {
    url: listening.url,
    close: async () => {
      await listening.close();
      agent.destroy();
    },
  };
}

/** What is about one connection, and not about the message (RFC 9110, 7.6.1). */
const ofConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'upgrade',
  'http2-settings',
]);

/** Raw headers, names and values in turns, without some. */
function passedOn(raw: readonly string[], without: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = '', value = ''] = raw.slice(index, index + 2);
    const known = name.toLowerCase();
    if (!ofConnection.has(known) && !without.includes(known)) kept.push(name, value);
  }
  return kept;
}

function refuse(outgoing: ServerResponse, target: URL, error: Error): void {
  if (outgoing.headersSent || outgoing.destroyed) {
    outgoing.destroy();
    return;
  }
  const reason = 'code' in error ? ` (${String(error.code)})` : '';
  outgoing.writeHead(502, { 'Content-Type': 'application/json' });
  outgoing.end(JSON.stringify({ detail: `mock-gem watch cannot reach ${target.host}${reason}` }));
}

/** The bytes of a message, looked at as they pass. */
class Kept {
  #parts: Buffer[] | undefined = [];
  #size = 0;

  constructor(message: IncomingMessage, most: number, onPart: () => void) {
    message.on('data', (part: Buffer) => {
      onPart();
      this.#size += part.length;
      if (this.#size > most) this.#parts = undefined;
      this.#parts?.push(part);
    });
  }

  get body(): Buffer | undefined {
    return this.#parts && Buffer.concat(this.#parts);
  }
}

/** What a lull is told by and waits with. */
interface LullOptions {
  /** Milliseconds without anything that passes. */
  length?: number;
  now?: () => number;
  sleep?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * Lets work wait until nothing has passed for a moment, so that what passes does not wait for it. A call that Gem still works on
 * is no hindrance: then nothing passes either.
 */
export class Lull {
  readonly #length: number;
  readonly #now: () => number;
  readonly #sleep: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly #over = new AbortController();
  #last = Number.NEGATIVE_INFINITY;

  constructor({ length = 5, now = () => performance.now(), sleep = sleepUntilOver }: LullOptions = {}) {
    this.#length = length;
    this.#now = now;
    this.#sleep = sleep;
  }

  /** Something passes. */
  broken(): void {
    this.#last = this.#now();
  }

  /** Waits for a lull; for none once it is over. */
  async comes(): Promise<void> {
    for (;;) {
      const left = this.#last + this.#length - this.#now();
      if (left <= 0 || this.#over.signal.aborted) return;
      await this.#sleep(left, this.#over.signal);
    }
  }

  /** Nothing passes any more: whoever waits goes on. */
  end(): void {
    this.#over.abort();
  }
}

async function sleepUntilOver(milliseconds: number, signal: AbortSignal): Promise<void> {
  // Ended is as good as slept.
  await wait(milliseconds, undefined, { signal }).catch(() => undefined);
}
