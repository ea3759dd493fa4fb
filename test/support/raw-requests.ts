// Requests as they go over the wire, also such as no client would write.
import { connect } from 'node:net';
import { fc } from '@fast-check/vitest';

/** What came back. */
export interface Exchanged {
  /** 0 where nothing came that begins as an answer does. */
  status: number;
  head: string;
  body: string;
  milliseconds: number;
}

/** What stands where something else was wanted. */
export const nonsense = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '',
    '-1',
    '1e400',
    '__proto__',
    '%zz',
    '%',
    '\0',
    '\ud800',
    '..',
    'x'.repeat(9000),
    '2026-12-31T23:59:60Z',
  ),
  fc.string({ unit: 'binary' }),
);

/** One value, now and then something else in its place. */
export function mostly<Value>(right: fc.Arbitrary<Value>): fc.Arbitrary<Value | string> {
  return fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: nonsense });
}

/** The bytes of a request with something cut out, put in, or put twice. */
export function brokenBytes(text: string): fc.Arbitrary<string> {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      '\r\n',
      '\n',
      '\0',
      ' ',
      ':',
      '/',
      '\r\n\r\n',
      'Transfer-Encoding: chunked\r\n',
      'Content-Length: 3\r\n',
      'Expect: x\r\n',
      'Upgrade: websocket\r\nConnection: upgrade\r\n',
      'x'.repeat(300_000),
    ),
  );
  return fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(30), part)
    .map(([share, length, put]) => {
      // Most of what matters stands at the beginning.
      const at = Math.floor(share ** 3 * text.length);
      return text.slice(0, at) + put + text.slice(at + length);
    });
}

/** A text for a path or a query; half a surrogate, which has no UTF-8, is sent as what it would be. */
export function encode(value: unknown): string {
  const text = String(value);
  return text.isWellFormed() ? encodeURIComponent(text).replaceAll('%25zz', '%zz') : '%ED%A0%80';
}

/** A request, each byte of it a letter. */
export function writeRequest(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | Buffer,
): string {
  const plain = Object.entries(headers).map(
    ([name, value]) => `${name}: ${value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?')}`,
  );
  const bytes = Buffer.from(body);
  const length = bytes.length > 0 ? [`Content-Length: ${bytes.length}`] : [];
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...plain, ...length];
  return `${lines.join('\r\n')}\r\n\r\n${bytes.toString('latin1')}`;
}

/**
 * Sends a request on a connection of its own.
 *
 * @param patience milliseconds to wait for the end of the answer
 * @param hangsUp whether to hang up soon: what lacks its end is waited for in vain
 */
export async function exchange(
  url: string,
  text: string,
  { patience, hangsUp = false }: { patience: number; hangsUp?: boolean },
): Promise<Exchanged> {
  const { hostname, port } = new URL(url);
  const began = performance.now();
  const received = await new Promise<Buffer>((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(Buffer.from(text, 'latin1')));
    const hangUp = hangsUp ? setTimeout(() => socket.end(), 150) : undefined;
    const end = () => {
      clearTimeout(hangUp);
      clearTimeout(late);
      socket.destroy();
      resolve(Buffer.concat(chunks));
    };
    const late = setTimeout(end, patience);
    socket
      .on('data', (chunk) => {
        chunks.push(chunk);
        if (isStreaming(chunks)) end();
      })
      .on('end', end)
      .on('error', end);
  });
  const milliseconds = Math.round(performance.now() - began);
  const [head = '', ...rest] = received.toString('latin1').split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0);
  return { status, head, body: rest.join('\r\n\r\n'), milliseconds };
}

/** Whether a stream of events has begun, which is answered then, and has no end. */
function isStreaming([first, ...others]: readonly Buffer[]): boolean {
  if (first === undefined || !/^Content-Type: text\/event-stream\r$/m.test(first.toString('latin1')))
    return false;
  return [first, ...others].some((chunk) => chunk.includes('\n\n'));
}
