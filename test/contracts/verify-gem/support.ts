import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { listen, type Listening } from '../../../contracts/server/listen.ts';
import { verifyGem, type GemReport, type VerifyGem } from '../../../contracts/harness/gem/verify-gem.ts';
import { startMockGem, type MockGem, type MockGemOptions } from '../../../mock-server/server.ts';

/** An emulator for the tests of one file. */
export function startSubject(options: MockGemOptions = {}): Promise<MockGem> {
  return startMockGem({ port: 0, ...options, switches: { rate_limit: 'off', ...options.switches } });
}

/** Verifies an emulator, or a proxy in front of it, without waiting between requests. */
export function verify(gem: MockGem, options: Partial<VerifyGem> = {}): Promise<GemReport> {
  return verifyGem({
    url: gem.url,
    apiKey: gem.apiKey,
    applicationSecret: gem.applicationSecret,
    vanity: gem.world.company.vanity,
    perSecond: 1_000_000,
    samples: 60,
    ...options,
  });
}

/** The names of the entries in a state. */
export function namesOf({ entries }: GemReport, state: GemReport['entries'][number]['state']): string[] {
  return entries.filter((entry) => entry.state === state).map(({ name }) => name);
}

/** A deviation that a proxy makes. */
export interface Deviation {
  /** Changes the request; an answer in its place is sent at once. */
  ask?(request: Asked): Reply | undefined | void;
  /** Changes the answer. */
  answer?(reply: Reply, request: Asked, askGem: (path: string) => Promise<Reply>): Reply | Promise<Reply>;
}

/** A request on its way; changes of it reach the emulator. */
export interface Asked {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: Buffer;
}

/** An answer on its way. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  /** The parsed body, or undefined where there is none. */
  readonly body: unknown;
}

/** Starts a proxy in front of an emulator that makes these deviations. */
export function startProxy(gem: MockGem, deviations: readonly Deviation[]): Promise<Listening> {
  return listen({ host: '127.0.0.1', port: 0 }, () => forward(gem.url, deviations));
}

function forward(target: string, deviations: readonly Deviation[]): RequestListener {
  return (request, response) => {
    void (async () => {
      const asked: Asked = {
        method: request.method ?? 'GET',
        url: new URL(request.url ?? '/', target),
        headers: keep(request.headers, ['x-api-key', 'x-application-secret', 'content-type', 'on-behalf-of']),
        body: Buffer.concat((await request.toArray()) as Buffer[]),
      };
      // The answer may depend on what was asked first.
      const original = { ...asked, url: new URL(asked.url) };
      const askGem = (path: string) => send({ ...asked, url: new URL(path, target) });
      const early = deviations.map(({ ask }) => ask?.(asked)).find(Boolean);
      let reply = early ?? (await send(asked));
      for (const { answer } of early ? [] : deviations)
        if (answer) reply = await answer(reply, original, askGem);
      response.writeHead(reply.status, reply.headers);
      response.end(raw.get(reply) ?? JSON.stringify(reply.body));
    })();
  };
}

/** The bytes of an answer; unchanged answers are passed on byte for byte. */
const raw = new WeakMap<Reply, Buffer>();

const agent = new Agent({ keepAlive: true });

async function send({ method, url, headers, body }: Asked): Promise<Reply> {
  const request = httpRequest(url, { method, headers: { ...headers, 'content-length': body.length }, agent });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const bytes = Buffer.concat((await response.toArray()) as Buffer[]);
  const reply: Reply = {
    status: response.statusCode ?? 0,
    headers: keep(response.headers, ['content-type', 'x-pagination']),
    get body() {
      return bytes.length === 0 ? undefined : (JSON.parse(bytes.toString()) as unknown);
    },
  };
  raw.set(reply, bytes);
  return reply;
}

function keep(headers: NodeJS.Dict<string | string[]>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );
}
