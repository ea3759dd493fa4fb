import { createServer, type RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  callPublic,
  CallFailed,
  download,
  isPrivateAddress,
  openDownload,
} from '../../../connector/outbound/index.ts';

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

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}
