// Gem's credentials are stored sealed: a reader of the tables, a dump or a backup does not have them.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from './schema.ts';

/** Seals texts, and opens what it sealed. */
export interface Vault {
  seal(text: string): string;
  /** @throws VaultCannotOpen when the text was sealed with another key, or is not a sealed text */
  open(sealed: string): string;
  /** Whether a text was sealed with the key that seals now, and not with the one whose place that takes. */
  isCurrent(sealed: string): boolean;
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

/** A new key takes the place of an old one, and only one of them is at hand. */
export class MissingOtherKey extends Error {
  override readonly name = 'MissingOtherKey';
  constructor() {
    super(
      'a new key is taking the place of the old one, and is not done: start with the new one in CONNECTOR_ENCRYPTION_KEY and the old one in CONNECTOR_OTHER_ENCRYPTION_KEY, and let `mock-gem connector reseal` come to its end',
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

/** What a vault is made with. */
export interface Keys {
  /** 32 bytes in base64; left out, the one stored beside the data is used, or made at the first start. */
  key?: string | undefined;
  /** Another key that opens what is stored, while one takes the place of the other. */
  otherKey?: string | undefined;
  /**
   * Where the data is stored, of which this process has the lock; without one, a key that was not given lives as long as the
   * process.
   */
  dataDirectory?: string | undefined;
  /** Whether something was sealed already, so that no new key will do. */
  isNeeded?: boolean;
}

/**
 * Makes a vault.
 *
 * @throws UnusableKey, LostKey
 */
export function createVault({ key, otherKey, dataDirectory, isNeeded = false }: Keys): Vault {
  const own = key === undefined ? ownKeys(dataDirectory, isNeeded) : [readKey(key)];
  const [bytes, ...others] = [...own, ...(otherKey === undefined ? [] : [readKey(otherKey)])];
  if (!bytes || others.includes(undefined)) throw new UnusableKey();
  const digestKey = Buffer.from(hkdfSync('sha256', bytes, '', 'digests', keyLength));
  return {
    seal(text) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv(algorithm, bytes, nonce);
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return sealed.toString('base64');
    },
    open(sealed) {
      for (const one of [bytes, ...others]) {
        const text = one && openWith(one, sealed);
        if (text !== undefined) return text;
      }
      throw new VaultCannotOpen();
    },
    isCurrent: (sealed) => openWith(bytes, sealed) !== undefined,
    digest: (text) => createHmac('sha256', digestKey).update(text).digest('base64url'),
  };
}

/** @returns undefined when the text was sealed with another key, or is not a sealed text */
function openWith(key: Buffer, sealed: string): string | undefined {
  const all = Buffer.from(sealed, 'base64');
  try {
    const decipher = createDecipheriv(algorithm, key, all.subarray(0, nonceLength), {
      authTagLength: tagLength,
    });
    decipher.setAuthTag(all.subarray(-tagLength));
    const text = decipher.update(all.subarray(nonceLength, -tagLength));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
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

/**
 * The key of a folder, and while a new one takes its place, the old one. A key that is lost makes what it sealed unreadable, so
 * one is only made where nothing is sealed yet.
 */
function ownKeys(dataDirectory: string | undefined, isNeeded: boolean): Buffer[] {
  if (dataDirectory === undefined) return [randomBytes(keyLength)];
  const file = join(dataDirectory, keyFile);
  const [stored, old] = [readKeyFile(file), readKeyFile(`${file}.old`)];
  if (stored) return old ? [stored, old] : [stored];
  if (isNeeded) throw new LostKey(file);
  const made = randomBytes(keyLength);
  writeKey(file, made);
  return [made];
}

/** Whether a folder has a key of its own. */
export function hasOwnKey(dataDirectory: string): boolean {
  return readKeyFile(join(dataDirectory, keyFile)) !== undefined;
}

function readKeyFile(file: string): Buffer | undefined {
  return existsSync(file) ? readKey(readFileSync(file, 'utf8')) : undefined;
}

/** Written beside and then renamed, so that a process killed on the way, or a full disk, leaves no half key. */
function writeKey(file: string, key: Buffer): void {
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, `${key.toString('base64')}\n`, { mode: 0o600, flush: true });
  renameSync(unfinished, file);
}

/**
 * Gives a folder a new key; the old one stays beside it until {@link forgetOldKey}. Where a new key was given already, and not
 * everything is sealed with it yet, it stays.
 */
export function renewOwnKey(dataDirectory: string): void {
  const file = join(dataDirectory, keyFile);
  const [key, old] = [readKeyFile(file), readKeyFile(`${file}.old`)];
  if (!key || (old && !old.equals(key))) return;
  writeKey(`${file}.old`, key);
  writeKey(file, randomBytes(keyLength));
}

/** Deletes the old key of a folder, once nothing is sealed with it. */
export function forgetOldKey(dataDirectory: string): void {
  rmSync(`${join(dataDirectory, keyFile)}.old`, { force: true });
}

/** Whether anything of a store is sealed. */
export async function hasSealed(database: Database): Promise<boolean> {
  return (await checkTexts(database)).length > 0 || (await sampleTexts(database)).length > 0;
}

/**
 * Whether a vault opens what a store has sealed. A store that has nothing to know its key by takes this one: processes that
 * start at once agree on the first.
 *
 * @throws MissingOtherKey when it opens only a part
 */
export async function isKeyOf(database: Database, vault: Vault): Promise<boolean> {
  if ((await checkTexts(database)).length === 0) {
    // Stores of earlier versions have no check. A few texts are enough to know a key by.
    const sample = await sampleTexts(database);
    if (sample.length > 0 && !sample.some((text) => opens(vault, text))) return false;
    await sql`insert into key_check (sealed) values (${vault.seal('')}) on conflict do nothing`.execute(
      database,
    );
  }
  const [first, ...more] = await checkTexts(database);
  if (first === undefined) return false;
  const isOpened = opens(vault, first);
  if (more.some((text) => opens(vault, text) !== isOpened)) throw new MissingOtherKey();
  return isOpened;
}

async function checkTexts(database: Database): Promise<string[]> {
  const { rows } = await sql<{ sealed: string }>`
    select sealed from key_check union all select resealing from key_check where resealing is not null
  `.execute(database);
  return rows.map(({ sealed }) => sealed);
}

async function sampleTexts(database: Database): Promise<string[]> {
  const { rows } = await sql<{ sealed: string }>`
    (select gem_api_key as sealed from integrations order by created_at desc limit 20)
    union all (select secret from webhooks limit 20)
  `.execute(database);
  return rows.map(({ sealed }) => sealed);
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
