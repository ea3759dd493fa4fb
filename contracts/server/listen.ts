import type { RequestListener, Server, ServerOptions } from 'node:http';
import type { Duplex } from 'node:stream';
// A test in the same process may replace the global ones.
import { clearTimeout, setTimeout } from 'node:timers';
import { bytesOf, headersOf, type AnyAnswer } from './send-answer.ts';

// An import of it by name would load all that it can do, such as WebSockets, which takes a tenth of a server's start.
const { createServer, IncomingMessage, ServerResponse, STATUS_CODES } = process.getBuiltinModule('node:http');

/** A server that listens. */
export interface Listening {
  /** `http://host:port`, with the port that was really taken. */
  url: string;
  /** Stops listening, ends open connections, and resolves when all is quiet. */
  close: () => Promise<void>;
}

/** The port is in use already. */
export class PortTaken extends Error {
  readonly port: number;
  constructor(port: number) {
    super(`port ${port} is taken`);
    this.port = port;
  }
}

/** Where a server listens, and what it does with what is no request. */
export interface ListenOptions {
  host: string;
  /** 0 lets the machine choose a free one. */
  port: number;
  /** Bytes that the first line and the headers of a request may have together; 16 KiB when left out. */
  headerLimit?: number;
  /**
   * Answers what the parser cannot make a request of, and leaves a missing `Host` to the listener; left out, Node answers both
   * without a body.
   *
   * @param code the parser's word for what is wrong, such as `HPE_HEADER_OVERFLOW`
   */
  answerUnparsed?: (code: string) => AnyAnswer;
}

/**
 * Starts an HTTP server.
 *
 * @param makeListener is given the server's own URL, for links to itself
 * @throws PortTaken
 */
export async function listen(
  { host, port, headerLimit, answerUnparsed }: ListenOptions,
  makeListener: (url: string) => RequestListener | Promise<RequestListener>,
): Promise<Listening> {
  // Classes of this server's own, for its listener to put something beneath.
  class OwnRequest extends IncomingMessage {}
  class OwnResponse extends ServerResponse {}
  const settings: ServerOptions<typeof OwnRequest, typeof OwnResponse> = {
    IncomingMessage: OwnRequest,
    ServerResponse: OwnResponse,
    ...(headerLimit !== undefined && { maxHeaderSize: headerLimit }),
    ...(answerUnparsed && { requireHostHeader: false }),
  };
  const server = createServer(settings);
  // Longer than clients keep idle connections: one that is closed just as it is used again looks like a failure.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
    );
    server.listen(port, host, resolve);
  });
  const url = urlOf(server, host);
  const listener = await makeListener(url);
  if (isApplication(listener)) {
    listener.request = layUnder(OwnRequest.prototype, listener.request);
    listener.response = layUnder(OwnResponse.prototype, listener.response);
  }
  server.on('request', listener);
  if (answerUnparsed) answerAllElse(server, answerUnparsed);
  return { url, close: () => close(server) };
}

/** What Express gives every request and every response: the prototypes of an application. */
interface Application {
  request: object;
  response: object;
}

function isApplication(
  listener: RequestListener | (RequestListener & Application),
): listener is RequestListener & Application {
  return 'request' in listener && 'response' in listener;
}

/**
 * Express sets the prototype of each request and response. To change one is slow, and makes slow what comes after it; to set
 * the one that an object has already is neither.
 */
function layUnder(own: object, prototype: object): object {
  return Object.setPrototypeOf(own, prototype) as object;
}

/** Answers what never becomes a request, unless the answer to another one is on its way through the same connection. */
function answerAllElse(server: Server, answerUnparsed: (code: string) => AnyAnswer): void {
  const underWay = new WeakMap<Duplex, InstanceType<typeof ServerResponse>>();
  const refused = new WeakSet<Duplex>();
  const refuse = (code: string, socket: Duplex) => {
    if (refused.has(socket)) return;
    refused.add(socket);
    const current = underWay.get(socket);
    if (!socket.writable || (current?.headersSent && !current.writableFinished)) {
      socket.destroy();
      return;
    }
    // What still comes in is read for a moment: a connection that is cut at once may take the answer with it.
    const cut = setTimeout(() => socket.destroy(), 1000).unref();
    socket.once('close', () => clearTimeout(cut)).on('error', () => socket.destroy());
    socket.end(toBytes(answerUnparsed(code)));
  };
  server.on('request', ({ socket }, response) => underWay.set(socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuse(error.code ?? '', socket));
  // A request that expects something unknown is answered all the same.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (_request, socket) => refuse('CONNECT', socket));
}

/** An answer as it goes over the wire. */
function toBytes(answer: AnyAnswer): Buffer {
  const body = bytesOf(answer) ?? Buffer.alloc(0);
  const headers = { ...headersOf(answer, body.length), Connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const first = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`;
  return Buffer.concat([Buffer.from(`${[first, ...lines].join('\r\n')}\r\n\r\n`), body]);
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
