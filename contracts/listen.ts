import { createServer, type RequestListener, type Server } from 'node:http';

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

/**
 * Starts an HTTP server.
 *
 * @param port 0 lets the machine choose a free one
 * @param makeListener is given the server's own URL, for links to itself
 * @throws PortTaken
 */
export async function listen(
  { host, port }: { host: string; port: number },
  makeListener: (url: string) => RequestListener | Promise<RequestListener>,
): Promise<Listening> {
  const server = createServer();
  // Longer than clients keep idle connections: one that is closed just as it is used again looks like a failure.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
    );
    server.listen(port, host, resolve);
  });
  const url = urlOf(server, host);
  server.on('request', await makeListener(url));
  return { url, close: () => close(server) };
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
