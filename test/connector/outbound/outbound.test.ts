import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { callPublic, CallFailed, isPrivateAddress } from '../../../connector/outbound/call-public.ts';
import { download, openDownload, type DownloadLimits } from '../../../connector/outbound/download.ts';

const limits = { bytes: 1000, milliseconds: 5000, allowPrivateAddresses: false };

describe('an address that is not on the public internet is not called', () => {
  test.each([
    'http://127.0.0.1:1/',
    'http://127.1:1/',
    'http://2130706433:1/',
    'http://0x7f000001:1/',
    'http://017700000001:1/',
    'http://0:1/',
    'http://127.0.0.1.:1/',
    'http://①②⑦.0.0.1:1/',
    'http://localhost:1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]:1/',
    'http://[::]:1/',
    'http://[::ffff:127.0.0.1]:1/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[::127.0.0.1]:1/',
    'http://[64:ff9b::7f00:1]:1/',
    'http://[64:ff9b:1::7f00:1]:1/',
    'http://[2002:7f00:1::]:1/',
    'http://[2001:0:7f00:1::]:1/',
    'http://[fe80::1]:1/',
    'http://[fd00::1]:1/',
    'http://[fec0::1]:1/',
    'http://user:password@10.0.0.1:1/',
  ])('%s', async (url) => {
    await expect(download(url, limits)).rejects.toThrow(/not on the public internet/);
  });

  test.each(['8.8.8.8', '1.1.1.1', '::ffff:8.8.8.8', '2606:4700::1111'])('but %s is public', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });

  test.each(['file:///etc/passwd', 'gopher://127.0.0.1:1/', 'data:text/plain,x'])(
    'and %s is called by no means at all',
    async (url) => {
      await expect(download(url, limits)).rejects.toThrow(/only http and https/);
    },
  );
});

test('a redirect is judged like the address that was given', async () => {
  const url = await serve((_, response) => response.writeHead(302, { Location: 'http://[::1]:1/' }).end());
  let hops = 0;
  const opening = openDownload(url, {
    signal: AbortSignal.timeout(5000),
    // Only the first address may be called though it is private.
    mayCall: () => (hops += 1) === 1,
  });
  await expect(opening).rejects.toThrow(/not on the public internet/);
  expect(hops).toBe(2);
});

test.each([
  ['to nowhere', 'http://[', /cannot be read/],
  ['to another scheme', 'file:///etc/passwd', /only http and https/],
  ['to itself for ever', '/', /redirects too often/],
])('a redirect %s fails', async (_, location, reason) => {
  const url = await serve((_request, response) => response.writeHead(302, { Location: location }).end());
  await expect(download(url, { ...limits, allowPrivateAddresses: true })).rejects.toThrow(reason);
});

test('what is too large is given up, and told by no more than its size', async () => {
  const url = await serve((_, response) => response.end(Buffer.alloc(1001)));
  const failed = download(`${url}/?token=secret`, { ...limits, allowPrivateAddresses: true });
  await expect(failed).rejects.toThrow(CallFailed);
  await expect(failed).rejects.not.toThrow(/secret/);
});

test('a call sends its method, headers and body, and follows no redirect', async () => {
  const met: string[] = [];
  const url = await serve((request, response) => {
    request.on('data', (chunk: Buffer) => met.push(`${request.method} ${request.headers['x-a']} ${chunk}`));
    request.on('end', () => response.writeHead(307, { Location: '/again' }).end());
  });
  const answer = await callPublic(new URL(url), {
    method: 'POST',
    headers: { 'X-A': 'b' },
    body: '{}',
    allowPrivateAddresses: true,
    signal: AbortSignal.timeout(5000),
  });
  answer.destroy();
  expect([answer.statusCode, met]).toEqual([307, ['POST b {}']]);
});

describe('a file that its server has packed', () => {
  const text = '%PDF-1.4 hello';
  const packed: [string, (content: string) => Buffer][] = [
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['identity', Buffer.from],
    ['gzip, br', (content) => brotliCompressSync(gzipSync(content))],
    ['gzip, identity, gzip', (content) => gzipSync(gzipSync(content))],
  ];
  const serving = (encoding: string, body: Buffer, headers = {}) =>
    serve((_, response) => response.writeHead(200, { 'Content-Encoding': encoding, ...headers }).end(body));
  const fetched = (url: string, more: Partial<DownloadLimits> = {}) =>
    download(url, { ...limits, allowPrivateAddresses: true, ...more });

  test.each(packed)('as %s is unpacked, %#', async (encoding, pack) => {
    const { content } = await fetched(await serving(encoding, pack(text)));
    expect(Buffer.from(content).toString()).toBe(text);
  });

  test.each(packed.filter(([encoding]) => encoding !== 'identity'))(
    'as %s is not larger unpacked than any other, %#',
    async (encoding, pack) => {
      const bomb = pack('x'.repeat(1_000_000));
      expect(bomb.length).toBeLessThan(6000);
      await expect(fetched(await serving(encoding, bomb), { bytes: 100_000 })).rejects.toThrow(
        'it has more than 0.1 MB',
      );
    },
  );

  test.each(packed.filter(([encoding]) => encoding !== 'identity'))(
    'as %s and broken off is refused, and so is one that was never packed, %#',
    async (encoding, pack) => {
      const whole = pack(text.repeat(20));
      const half = whole.subarray(0, Math.floor(whole.length / 2));
      await expect(fetched(await serving(encoding, half))).rejects.toThrow(CallFailed);
      await expect(fetched(await serving(encoding, half))).rejects.toThrow(/broke off|cannot be unpacked/);
      await expect(fetched(await serving(encoding, Buffer.from(text)))).rejects.toThrow(
        /cannot be unpacked|broke off/,
      );
    },
  );

  test.each(['compress', 'snappy', 'gzip, aes128gcm', '__proto__', 'constructor'])(
    'as %s, which nobody knows, is refused',
    async (encoding) => {
      await expect(fetched(await serving(encoding, Buffer.from(text)))).rejects.toThrow(
        'a way that is not known',
      );
    },
  );

  test('says its length only where it comes as it is', async () => {
    const opened = async (url: string) => {
      const { content, length } = await openDownload(url, {
        signal: AbortSignal.timeout(5000),
        mayCall: () => true,
      });
      content.destroy();
      return length;
    };
    const body = gzipSync(text);
    expect(await opened(await serving('gzip', body, { 'Content-Length': body.length }))).toBeUndefined();
    expect(await opened(await serving('identity', Buffer.from('ab'), { 'Content-Length': 2 }))).toBe(2);
  });
});

describe('a download that goes wrong says how', () => {
  const raw = (head: string, body: string, end: 'end' | 'stay' = 'end') =>
    listenRaw((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n${body}`);
      if (end === 'end') socket.end();
    });
  const failing = async (url: string, milliseconds = 5000) =>
    download(url, { ...limits, milliseconds, allowPrivateAddresses: true });

  test.each([
    ['empty', 'Content-Length: 0', '', 'it is empty'],
    ['empty, in pieces', 'Transfer-Encoding: chunked', '0\r\n\r\n', 'it is empty'],
    ['shorter than it says', 'Content-Length: 10', 'short', 'it broke off before its end'],
    ['longer than it says', 'Content-Length: 5', 'longer', 'another length than it says'],
    ['cut in a piece', 'Transfer-Encoding: chunked', 'ff\r\nab', 'it broke off before its end'],
    ['of two lengths', 'Content-Length: 5\r\nContent-Length: 6', 'hello', 'no proper answer'],
    ['no HTTP', 'x', '', 'it'],
  ])('when it is %s', async (_, head, body, reason) => {
    await expect(failing(await raw(head, body))).rejects.toThrow(reason);
  });

  test.each([
    ['before its answer', ''],
    ['in the middle of its content', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'],
    ['within what it has packed', 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08'],
  ])('when its server falls silent %s, it took too long', async (_, said) => {
    const url = await listenRaw((socket) => socket.write(said, 'latin1'));
    await expect(failing(url, 300)).rejects.toThrow('it took too long');
  });

  test('when nobody is there, it could not be reached', async () => {
    await expect(failing('http://127.0.0.1:1/')).rejects.toThrow('its server could not be reached');
    await expect(failing('http://nowhere.invalid/')).rejects.toThrow('its server could not be reached');
  });
});

/** A server that writes whatever bytes it likes. */
async function listenRaw(onConnection: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => onConnection(socket));
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/file`;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}
