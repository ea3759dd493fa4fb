// What is packed for its way is unpacked to be looked at; what cannot be is counted as passed on without being read.
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { RawExchange } from '../../../mock-server/watch/proxy.ts';
import { readExchange } from '../../../mock-server/watch/read-exchange.ts';
import { useGem } from '../../support/gem.ts';
import { departingGem, watch } from './watched.ts';

const emulator = useGem();

const rows = [{ id: 'a' }];
const text = Buffer.from(JSON.stringify(rows));

function raw(answerBody: Buffer | undefined, encoding?: string): RawExchange {
  return {
    method: 'GET',
    target: '/',
    requestHeaders: {},
    requestBody: Buffer.alloc(0),
    status: 200,
    answerHeaders: encoding === undefined ? {} : { 'content-encoding': encoding },
    answerBody,
  };
}

test.each<[string | undefined, Buffer]>([
  [undefined, text],
  ['gzip', gzipSync(text)],
  ['deflate', deflateSync(text)],
  ['br', brotliCompressSync(text)],
  ['zstd', zstdCompressSync(text)],
])('a body in %s is read', async (encoding, bytes) => {
  expect((await readExchange(raw(bytes, encoding)))?.answer.body).toEqual(rows);
});

test.each<[string, RawExchange]>([
  ['too large', raw(undefined)],
  ['packed in a way that nobody knows', raw(text, 'rot13')],
  ['packed otherwise than it says', raw(text, 'gzip')],
])('a body that is %s is not read', async (_what, exchange) => {
  expect(await readExchange(exchange)).toBeUndefined();
});

test('what was passed on without being read is told at the end', async () => {
  const watched = await watch(
    await departingGem(emulator(), ({ headers }) => (headers['content-encoding'] = 'rot13')),
  );
  await (await fetch(`${watched.url}/ats/v0/offices/`)).arrayBuffer();
  expect((await watched.stop()).stderr).toContain(
    '0 calls were looked at, 0 departures seen 0 times; 1 were passed on without being read.',
  );
});
