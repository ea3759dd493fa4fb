import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { callPublic, CallFailed, toCallFailed } from './call-public.ts';

/** What a download may cost and where it may go. */
export interface DownloadLimits {
  /** Of the file itself, however small its server packed it. */
  bytes: number;
  milliseconds: number;
  /** Lets addresses of this machine and of private networks be called, for tests and closed networks. */
  allowPrivateAddresses: boolean;
}

/** A file that was fetched. */
export interface Download {
  content: Uint8Array;
  /** As the server named it, without parameters. */
  contentType: string | undefined;
}

/** A file that is being fetched. */
export interface OpenDownload {
  /** Its content, unpacked. It fails where the server breaks off. */
  content: Readable;
  contentType: string | undefined;
  /** Bytes, as the server says; undefined where it does not say it, or packed the file. */
  length: number | undefined;
}

/**
 * Fetches a public file over HTTP, following redirects.
 *
 * @throws CallFailed when it is not there, empty, too large, too slow, broken off, or not public
 */
export async function download(url: string, limits: DownloadLimits): Promise<Download> {
  const { allowPrivateAddresses } = limits;
  const signal = AbortSignal.timeout(limits.milliseconds);
  const { content, contentType } = await openDownload(url, { signal, mayCall: () => allowPrivateAddresses });
  return { content: await readAll(content, limits.bytes, signal), contentType };
}

/**
 * Begins to fetch a file, following redirects, and leaves its content to be read.
 *
 * @param options.mayCall whether an address may be called even if it is private; asked for each hop
 * @throws CallFailed when it is not there, too slow, not public, or packed in a way that is not known
 */
export async function openDownload(
  url: string,
  { signal, mayCall }: { signal: AbortSignal; mayCall: (target: URL) => boolean },
): Promise<OpenDownload> {
  let target = URL.parse(url);
  for (let hop = 0; hop <= maximumRedirects; hop += 1) {
    if (!target) throw new CallFailed('its address cannot be read');
    const answer = await callPublic(target, {
      allowPrivateAddresses: mayCall(target),
      signal,
      headers: { 'Accept-Encoding': 'identity' },
    });
    const status = answer.statusCode ?? 0;
    const { location } = answer.headers;
    if (status < 300 || status > 399 || location === undefined) {
      if (status !== 200) throw fail(answer, `its server answered with status ${status}`);
      return open(answer);
    }
    answer.destroy();
    target = URL.parse(location, target.href);
  }
  throw new CallFailed('it redirects too often');
}

const maximumRedirects = 5;

function open(answer: IncomingMessage): OpenDownload {
  const { 'content-encoding': encoding, 'content-type': type, 'content-length': length } = answer.headers;
  try {
    const content = unpack(answer, encoding);
    const isCounted = length !== undefined && isPlain(encoding);
    return {
      content,
      contentType: type?.split(';', 1)[0]?.trim(),
      length: isCounted ? Number(length) : undefined,
    };
  } catch (error) {
    answer.destroy();
    throw error;
  }
}

async function readAll(content: Readable, limit: number, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of content) {
      if (!(chunk instanceof Uint8Array)) continue;
      length += chunk.length;
      if (length > limit) throw fail(content, `it has more than ${limit / 1_000_000} MB`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw toCallFailed(error, signal);
  }
  if (length === 0) throw new CallFailed('it is empty');
  return Buffer.concat(chunks);
}

function fail(content: Readable, reason: string): CallFailed {
  content.destroy();
  return new CallFailed(reason);
}

/**
 * Takes the encodings off a file that its server put on it (RFC 9110 §8.4). What comes out may be much more than what
 * came: its reader counts the bytes.
 *
 * @param encodings the header `Content-Encoding`; undefined for none
 * @throws CallFailed when one of them is not known
 */
export function unpack(content: Readable, encodings: string | undefined): Readable {
  const names = namesOf(encodings);
  // The one that was put on last comes off first.
  return names.reduceRight((packed, name) => pipe(packed, unpackerOf(name)), content);
}

/** Whether a file comes as it is. */
export function isPlain(encodings: string | undefined): boolean {
  return namesOf(encodings).length === 0;
}

function namesOf(encodings = ''): string[] {
  const names = encodings.split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && name !== 'identity');
}

function unpackerOf(name: string): Transform {
  const unpacker = unpackers.get(name)?.();
  if (unpacker) return unpacker;
  throw new CallFailed('its server packed it in a way that is not known');
}

const unpackers: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
  ['deflate', inflate],
]);

/** What comes goes on; an end that is no good one, on either side, ends both. */
function pipe(packed: Readable, unpacker: Transform): Readable {
  packed.once('error', (error) => unpacker.destroy(error));
  unpacker.once('close', () => packed.destroy());
  unpacker.once('error', () => packed.destroy());
  packed.pipe(unpacker);
  return unpacker;
}

/** Servers call both forms of it `deflate`; the first byte tells which it is. */
function inflate(): Transform {
  let inner: Transform | undefined;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!inner) {
        // The form with a header begins with the number of its method, 8.
        inner = ((chunk[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
        inner.on('data', (data: Buffer) => this.push(data));
        inner.once('error', (error) => this.destroy(error));
      }
      inner.write(chunk, done);
    },
    flush(done) {
      if (!inner) return done();
      inner.once('end', () => done());
      inner.end();
    },
  });
}
