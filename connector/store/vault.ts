// Gem's credentials are stored sealed: a reader of the tables, a dump or a backup does not have them.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from './schema.ts';

/** Seals texts, and opens what it sealed. */
export interface Vault {
  seal(text: string): string;
  /** @throws VaultCannotOpen when the text was sealed with another key, or is not a sealed text */
  open(sealed: string): string;
  /** A name for a secret text that tells nothing of it to those who do not have the key. */
  digest(text: string): string;
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

/** The key that was made for the data, and stored beside it, is gone. */
export class LostKey extends Error {
  override readonly name = 'LostKey';
  constructor(file: string) {
    super(
      `${file} has no key, and the data beside it was sealed with one. Put the file back, or set CONNECTOR_ENCRYPTION_KEY to what it held`,
    );
  }
}

/** The key at hand is not the one of the store. */
export class WrongKey extends Error {
  override readonly name = 'WrongKey';
  constructor({ isGiven, dataDirectory }: { isGiven: boolean; dataDirectory: string | undefined }) {
    const keyPath = dataDirectory === undefined ? undefined : join(dataDirectory, keyFile);
    super(
      isGiven
        ? `CONNECTOR_ENCRYPTION_KEY is not the key that this data was sealed with; start with that one${keyPath !== undefined && existsSync(keyPath) ? `, or without any to use that of ${keyPath}` : ''}`
        : `the key in ${keyPath} is not the one that this data was sealed with; put that one back, or set CONNECTOR_ENCRYPTION_KEY to it`,
    );
  }
}

/**
 * Makes a vault.
 *
 * @param key 32 bytes in base64; left out, the one stored beside the data is used, or made at the first start
 * @param dataDirectory where the data is stored, of which this process has the lock; without one, the key lives as long as
 *   the process
 * @param isNeeded whether something was sealed already, so that no new key will do
 * @throws UnusableKey, LostKey
 */
export function createVault(
  key: string | undefined,
  dataDirectory: string | undefined,
  isNeeded = false,
): Vault {
  const bytes = key === undefined ? ownKey(dataDirectory, isNeeded) : readKey(key);
  if (!bytes) throw new UnusableKey();
  const digestKey = Buffer.from(hkdfSync('sha256', bytes, '', 'digests', keyLength));
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
    digest: (text) => createHmac('sha256', digestKey).update(text).digest('base64url'),
  };
}

const algorithm = 'aes-256-gcm';
/** Bytes. */
const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;

const keyFile = 'encryption.key';

function readKey(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === keyLength ? bytes : undefined;
}

/** A key that is lost makes what it sealed unreadable, so one is only made where nothing is sealed yet. */
function ownKey(dataDirectory: string | undefined, isNeeded: boolean): Buffer {
  if (dataDirectory === undefined) return randomBytes(keyLength);
  const file = join(dataDirectory, keyFile);
  const storedKey = existsSync(file) ? readKey(readFileSync(file, 'utf8')) : undefined;
  if (storedKey) return storedKey;
  if (isNeeded) throw new LostKey(file);
  const made = randomBytes(keyLength);
  // Written beside and then renamed, so that a process killed on the way, or a full disk, leaves no half key.
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, `${made.toString('base64')}\n`, { mode: 0o600, flush: true });
  renameSync(unfinished, file);
  return made;
}

/** Texts that were sealed with the key of a store; none while nothing is. A few are enough to know it by. */
export async function sealedTexts(database: Database): Promise<string[]> {
  const check = await sql<{ sealed: string }>`select sealed from key_check`.execute(database);
  if (check.rows.length > 0) return check.rows.map(({ sealed }) => sealed);
  // Stores of earlier versions have no check.
  const { rows } = await sql<{ sealed: string }>`
    (select gem_api_key as sealed from integrations order by created_at desc limit 20)
    union all (select secret from webhooks limit 20)
  `.execute(database);
  return rows.map(({ sealed }) => sealed);
}

/**
 * Whether a vault opens what a store has sealed. A store that has nothing to know its key by takes this one: processes that
 * start at once agree on the first.
 *
 * @param sealed of {@link sealedTexts}
 */
export async function isKeyOf(database: Database, vault: Vault, sealed: readonly string[]): Promise<boolean> {
  if (sealed.length > 0 && !sealed.some((text) => opens(vault, text))) return false;
  await sql`insert into key_check (sealed) values (${vault.seal('')}) on conflict do nothing`.execute(
    database,
  );
  return (await sealedTexts(database)).some((text) => opens(vault, text));
}

function opens(vault: Vault, sealed: string): boolean {
  try {
    vault.open(sealed);
    return true;
  } catch (error) {
    if (error instanceof VaultCannotOpen) return false;
    throw error;
  }
}
