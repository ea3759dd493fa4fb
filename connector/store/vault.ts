// Gem's credentials are kept sealed: whoever reads the tables, a dump or a backup, does not have them.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Seals texts, and opens what it sealed. */
export interface Vault {
  seal(text: string): string;
  /** @throws VaultCannotOpen when the text was sealed with another key, or is not a sealed text */
  open(sealed: string): string;
}

/** The key at hand does not open what is stored. */
export class VaultCannotOpen extends Error {
  override readonly name = 'VaultCannotOpen';
  constructor(options?: ErrorOptions) {
    super(
      'the credentials in the store were sealed with another key; start with the key that they were stored with',
      options,
    );
  }
}

/** The key is not one that can be used. */
export class UnusableKey extends Error {
  override readonly name = 'UnusableKey';
  constructor() {
    super('the encryption key must be 32 bytes in base64; `openssl rand -base64 32` makes one');
  }
}

/** A database that several processes share needs a key that all of them are given. */
export class MissingKey extends Error {
  override readonly name = 'MissingKey';
  constructor() {
    super(
      'with DATABASE_URL, CONNECTOR_ENCRYPTION_KEY must be set, the same for every process; `openssl rand -base64 32` makes one',
    );
  }
}

/**
 * Makes a vault.
 *
 * @param key 32 bytes in base64; left out, the one kept beside the data is used, or made at the first start
 * @param dataDirectory where the data is kept; without one, the key lives as long as the process
 * @throws UnusableKey
 */
export function createVault(key: string | undefined, dataDirectory: string | undefined): Vault {
  const bytes = key === undefined ? ownKey(dataDirectory) : readKey(key);
  return {
    seal(text) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv(algorithm, bytes, nonce);
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return sealed.toString('base64');
    },
    open(sealed) {
      const all = Buffer.from(sealed, 'base64');
      try {
        const decipher = createDecipheriv(algorithm, bytes, all.subarray(0, nonceLength));
        decipher.setAuthTag(all.subarray(-tagLength));
        const text = decipher.update(all.subarray(nonceLength, -tagLength));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch (error) {
        throw new VaultCannotOpen({ cause: error });
      }
    },
  };
}

const algorithm = 'aes-256-gcm';
/** Bytes. */
const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;

function readKey(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== keyLength) throw new UnusableKey();
  return bytes;
}

function ownKey(dataDirectory: string | undefined): Buffer {
  if (dataDirectory === undefined) return randomBytes(keyLength);
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const file = join(dataDirectory, 'encryption.key');
  try {
    // Made only where there is none: a key that is lost makes what it sealed unreadable.
    writeFileSync(file, `${randomBytes(keyLength).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readKey(readFileSync(file, 'utf8'));
}
