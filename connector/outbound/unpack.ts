import { Transform, type Readable } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { CallFailed } from './call-public.ts';

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
