import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import type { Exchange } from '../../contracts/harness/gem/watch/watch.ts';
import type { RawExchange } from './proxy.ts';

/**
 * Reads what went to and fro.
 *
 * @returns undefined where a body was too large, or is packed in a way that is not known
 */
export async function readExchange(raw: RawExchange): Promise<Exchange | undefined> {
  const text = await textOf(raw.answerBody, raw.answerHeaders['content-encoding']);
  const sent = await textOf(raw.requestBody, raw.requestHeaders['content-encoding']);
  if (text === undefined || sent === undefined) return undefined;
  return {
    method: raw.method,
    target: raw.target,
    headers: raw.requestHeaders,
    body: readJson(sent),
    answer: {
      status: raw.status,
      headers: new Headers(
        Object.entries(raw.answerHeaders).flatMap(([name, value]): [string, string][] =>
          value === undefined ? [] : [[name, [value].flat().join(', ')]],
        ),
      ),
      text,
      body: readJson(text),
    },
  };
}

type Unpack = (bytes: Buffer) => Promise<Buffer>;

const unpackers: Readonly<Record<string, Unpack>> = {
  identity: async (bytes) => bytes,
  gzip: promisify(gunzip) as Unpack,
  deflate: promisify(inflate) as Unpack,
  br: promisify(brotliDecompress) as Unpack,
  zstd: promisify(zstdDecompress) as Unpack,
};

async function textOf(bytes: Buffer | undefined, encoding = 'identity'): Promise<string | undefined> {
  const unpack = Object.hasOwn(unpackers, encoding) ? unpackers[encoding] : undefined;
  if (!bytes || !unpack) return undefined;
  if (bytes.length === 0) return '';
  return (await unpack(bytes).catch(() => undefined))?.toString('utf8');
}

/** What a text says as JSON; undefined where it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
