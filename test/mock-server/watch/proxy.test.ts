// What passes through `mock-gem watch` stays as it is, byte by byte, and does not wait.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { startProxy, type RawExchange } from '../../../mock-server/watch/proxy.ts';

/** A server of bytes: is given each connection, and does what it likes. */
async function serveBytes(onConnection: (socket: Socket) => void): Promise<URL> {
  const server = createServer(onConnection);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

interface Passed {
  port: number;
  exchanges: RawExchange[];
  /** How often something passed. */
  passing: { times: number };
}

async function proxyTo(target: URL, keep?: number): Promise<Passed> {
  const exchanges: RawExchange[] = [];
  const onExchange = (exchange: RawExchange) => void exchanges.push(exchange);
  const passing = { times: 0 };
  const proxy = await startProxy({
    host: '127.0.0.1',
    port: 0,
    target,
    onExchange,
    onPassing: () => (passing.times += 1),
    ...(keep !== undefined && { keep }),
  });
  onTestFinished(() => proxy.close());
  return { port: Number(new URL(proxy.url).port), exchanges, passing };
}

/** Sends bytes, and gives all that comes back until the other side ends. */
async function exchange(port: number, bytes: Buffer | string): Promise<Buffer> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

test('headers keep their case, order and number, and bodies each byte, in both directions', async () => {
  const body = Buffer.from(Array.from({ length: 2048 }, (_, index) => index % 256));
  const asked: Buffer[] = [];
  const answer = Buffer.concat([
    Buffer.from(
      'HTTP/1.1 299 Odd But Fine\r\nX-B: 1\r\nx-a: 2\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Encoding: br\r\nContent-Length: 2048\r\n\r\n',
    ),
    body,
  ]);
  const target = await serveBytes((socket) =>
    socket.on('data', (part) => {
      asked.push(part);
      if (Buffer.concat(asked).length >= 2048) socket.end(answer);
    }),
  );
  const { port, exchanges } = await proxyTo(target);
  const head = `POST /ats/v0/x?b=2&a=%C3%A9 HTTP/1.1\r\nhOST: mock.example\r\nX-Api-KEY: k\r\nAccept: a\r\nAccept: b\r\nConnection: close\r\nContent-Length: 2048\r\n\r\n`;
  const received = await exchange(port, Buffer.concat([Buffer.from(head), body]));

  const [sentHead = ''] = Buffer.concat(asked).toString('latin1').split('\r\n\r\n');
  expect(sentHead.split('\r\n').filter((line) => !/^connection:/i.test(line))).toEqual([
    'POST /ats/v0/x?b=2&a=%C3%A9 HTTP/1.1',
    `Host: ${target.host}`,
    'X-Api-KEY: k',
    'Accept: a',
    'Accept: b',
    'Content-Length: 2048',
  ]);
  expect(Buffer.concat(asked).subarray(-2048).equals(body)).toBe(true);
  const [answerHead = ''] = received.toString('latin1').split('\r\n\r\n');
  expect(answerHead.split('\r\n').filter((line) => !/^(connection|keep-alive):/i.test(line))).toEqual([
    'HTTP/1.1 299 Odd But Fine',
    'X-B: 1',
    'x-a: 2',
    'Set-Cookie: a=1',
    'Set-Cookie: b=2',
    'Content-Encoding: br',
    'Content-Length: 2048',
  ]);
  expect(received.subarray(-2048).equals(body)).toBe(true);
  expect(exchanges).toMatchObject([{ method: 'POST', target: '/ats/v0/x?b=2&a=%C3%A9', status: 299 }]);
});

test('a body of 10 MB passes as it comes: its beginning is there before its end was sent', async () => {
  const size = 10 * 1024 * 1024;
  const begun = Promise.withResolvers<void>();
  const target = await serveBytes((socket) => {
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${size}\r\n\r\n`);
      socket.write(Buffer.alloc(1024, 'a'));
      void begun.promise.then(() => socket.end(Buffer.alloc(size - 1024, 'b')));
    });
  });
  const { port, exchanges, passing } = await proxyTo(target, 1024 * 1024);
  const response = await fetch(`http://127.0.0.1:${port}/`);
  let received = 0;
  for await (const part of response.body ?? []) {
    received += part.length;
    // The request, the head of its answer, and what there is of the body.
    expect(passing.times).toBeGreaterThanOrEqual(3);
    // The rest is sent only now.
    begun.resolve();
  }
  expect(received).toBe(size);
  expect(exchanges).toMatchObject([{ status: 200, answerBody: undefined }]);
  // Each part of the body is told, and the end.
  expect(passing.times).toBeGreaterThan(20);
});

test('an answer that breaks off breaks off for the client as well', async () => {
  const target = await serveBytes((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', () => socket.destroy());
    });
  });
  const { port, exchanges } = await proxyTo(target);
  const response = await fetch(`http://127.0.0.1:${port}/`);
  await expect(response.text()).rejects.toThrow('terminated');
  expect(exchanges).toEqual([]);
});

test('what is about one connection alone is not passed on, and the other side is asked under its own name', async () => {
  let asked = '';
  const target = await serveBytes((socket) =>
    socket.on('data', (part) => {
      asked += part.toString();
      socket.end('HTTP/1.1 204 No Content\r\nKeep-Alive: timeout=9\r\nX-A: 1\r\n\r\n');
    }),
  );
  const { port } = await proxyTo(target);
  const head = 'GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nUpgrade: h2c\r\nProxy-Connection: close\r\n';
  const received = await exchange(port, `${head}Connection: close\r\n\r\n`);
  expect(asked).toContain(`Host: ${target.host}\r\n`);
  expect(asked).not.toMatch(/^(te|upgrade|proxy-connection|host: a\r)/im);
  expect(received.toString()).toContain('X-A: 1\r\n');
  expect(received.toString()).not.toContain('timeout=9');
});

test('a client that leaves is left by the proxy too: nothing is asked for nobody', async () => {
  const asked = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  const target = await serveBytes((socket) => {
    socket.once('data', () => asked.resolve());
    socket.once('close', () => left.resolve());
    socket.on('error', () => {});
  });
  const { port, exchanges } = await proxyTo(target);
  const client = connect(port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await asked.promise;
  client.destroy();
  await left.promise;
  expect(exchanges).toEqual([]);
});
