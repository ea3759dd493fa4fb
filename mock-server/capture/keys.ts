// All that a capture makes up follows from the salt: the same salt gives the same stand-ins, another one gives others.
import { createCipheriv, createDecipheriv, createHmac, hash, randomBytes } from 'node:crypto';

/** Keyed hashes and a sealed envelope, from one salt. */
export interface Keys {
  /** 64 hexadecimal digits that follow from salt, purpose and text, and say nothing of the text without the salt. */
  digest(purpose: string, text: string): string;
  /** A whole number below a bound, from the same. */
  choose(purpose: string, text: string, bound: number): number;
  /** What only the salt opens again. */
  seal(content: Uint8Array): Uint8Array;
  /** @throws Error where another salt has sealed it, or somebody changed it */
  open(sealed: Uint8Array): Uint8Array;
}

/** Derives the keys of a salt. */
export function createKeys(salt: Uint8Array | string): Keys {
  const derive = (purpose: string) =>
    createHmac('sha256', salt).update(`mock-gem capture ${purpose}`).digest();
  const texts = new Map<string, string>();
  const envelope = derive('envelope');

  const digest = (purpose: string, text: string) => {
    let key = texts.get(purpose);
    if (key === undefined) texts.set(purpose, (key = derive(purpose).toString('hex')));
    // Key first: that is no HMAC, and safe all the same, because only a part of what comes out is ever shown or kept.
    return hash('sha256', key + text, 'hex');
  };

  return {
    digest,
    choose: (purpose, text, bound) => numberFrom(digest(purpose, text), 0, bound),
    seal(content) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv(algorithm, envelope, nonce);
      return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed) {
      try {
        const decipher = createDecipheriv(algorithm, envelope, sealed.subarray(0, nonceLength));
        decipher.setAuthTag(sealed.subarray(-tagLength));
        return Buffer.concat([decipher.update(sealed.subarray(nonceLength, -tagLength)), decipher.final()]);
      } catch (cause) {
        throw new Error('what was captured before was sealed with another salt, or has been changed', {
          cause,
        });
      }
    },
  };
}

const algorithm = 'aes-256-gcm';
/** Bytes. */
const nonceLength = 12;
const tagLength = 16;

/** A whole number below a bound from twelve digits of a digest. @param place which of its five groups of twelve */
export function numberFrom(digest: string, place: number, bound: number): number {
  const start = (place % 5) * 12;
  return Number.parseInt(digest.slice(start, start + 12), 16) % bound;
}
