import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { sql } from 'kysely';
import { expect, onTestFinished } from 'vitest';
import { openStore, type Store } from '../../../connector/store/open-store.ts';
import { createEnvironment } from '../../../connector/store/queries/environments.ts';
import { findIntegration, saveIntegration } from '../../../connector/store/queries/integrations.ts';
import {
  createVault,
  LostKey,
  UnusableKey,
  VaultCannotOpen,
  WrongKey,
} from '../../../connector/store/vault.ts';
import { placeOnPostgres } from '../../support/databases.ts';

const key = Buffer.alloc(32, 1).toString('base64');
const otherKey = Buffer.alloc(32, 2).toString('base64');

test.prop([fc.string({ unit: 'binary' })])(
  'what is sealed opens to what it was, and never looks the same twice',
  (text) => {
    const vault = createVault({ key });
    const sealed = vault.seal(text);
    expect(vault.open(sealed)).toBe(text);
    expect(vault.seal(text)).not.toBe(sealed);
  },
);

test.prop([fc.string({ minLength: 1 }), fc.nat()])(
  'a sealed text that was touched does not open',
  (text, place) => {
    const vault = createVault({ key });
    const sealed = Buffer.from(vault.seal(text), 'base64');
    const at = place % sealed.length;
    sealed.writeUInt8(sealed.readUInt8(at) ^ 1, at);
    expect(() => vault.open(sealed.toString('base64'))).toThrow(VaultCannotOpen);
  },
);

test.each(['', 'short', Buffer.alloc(31).toString('base64')])(
  'the key %j is refused, with what to do',
  (wrong) => {
    expect(() => createVault({ key: wrong })).toThrow(UnusableKey);
    expect(() => createVault({ key: wrong })).toThrow(/openssl rand -base64 32/);
  },
);

test('the tables do not show the credentials of Gem', async () => {
  const store = await openStore({ encryptionKey: key });
  onTestFinished(store.close);
  await connect(store);
  const { rows } = await sql`select * from integrations`.execute(store.database);
  expect(JSON.stringify(rows)).not.toMatch(/plain-key|plain-secret/);
  expect(await findIntegration(store, 'gem:1')).toMatchObject({
    gem: { apiKey: 'plain-key', applicationSecret: 'plain-secret' },
  });
  await expect(
    findIntegration({ database: store.database, vault: createVault({ key: otherKey }) }, 'gem:1'),
  ).rejects.toBeInstanceOf(VaultCannotOpen);
});

test('without a key from outside, one is kept beside the data for its owner alone', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'connector-vault-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
  const first = await openStore({ dataDirectory });
  await connect(first);
  await first.close();
  expect(statSync(join(dataDirectory, 'encryption.key')).mode & 0o777).toBe(0o600);
  const second = await openStore({ dataDirectory });
  onTestFinished(second.close);
  expect(await findIntegration(second, 'gem:1')).toMatchObject({ gem: { apiKey: 'plain-key' } });
});

test('another key than that of the data is refused at the start, with what to do', async () => {
  const place = await placeOnPostgres();
  const first = await openStore({ ...place, encryptionKey: key });
  await connect(first);
  const wrong = { ...place, encryptionKey: otherKey };
  await expect(openStore(wrong)).rejects.toThrow(
    /^CONNECTOR_ENCRYPTION_KEY is not the key that this data was sealed with; start with that one$/,
  );
  // A store of an earlier version is known by what is in it, and an empty one takes the first key that comes.
  await sql`delete from key_check`.execute(first.database);
  await expect(openStore(wrong)).rejects.toBeInstanceOf(WrongKey);
  await (await openStore({ ...place, encryptionKey: key })).close();
  await sql`delete from key_check`.execute(first.database);
  await sql`delete from integrations`.execute(first.database);
  const [one, other] = await Promise.allSettled([
    openStore(wrong),
    openStore({ ...place, encryptionKey: key }),
  ]);
  const opened = [one, other].filter(({ status }) => status === 'fulfilled');
  expect(opened).toHaveLength(1);
  for (const outcome of [one, other]) if (outcome.status === 'fulfilled') await outcome.value.close();
  await first.close();
});

test('a key file that is gone, empty or cut off is never replaced where something was sealed with it', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'connector-vault-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
  const file = join(dataDirectory, 'encryption.key');
  // What a full disk or a kill left before anything was sealed.
  writeFileSync(file, '');
  const first = await openStore({ dataDirectory });
  await connect(first);
  await first.close();
  const kept = readFileSync(file);
  expect(kept).toHaveLength(45);
  for (const broken of ['', 'AAAA', undefined]) {
    if (broken === undefined) rmSync(file);
    else writeFileSync(file, broken);
    await expect(openStore({ dataDirectory })).rejects.toBeInstanceOf(LostKey);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : undefined).toBe(broken);
  }
  writeFileSync(file, kept);
  const again = await openStore({ dataDirectory });
  expect(await findIntegration(again, 'gem:1')).toMatchObject({ gem: { apiKey: 'plain-key' } });
  await again.close();
});

async function connect(store: Store): Promise<void> {
  const createdAt = '2026-01-01T00:00:00.000Z';
  await createEnvironment(store.database, { id: 'environment', name: 'test', apiKey: 'key', createdAt });
  await saveIntegration(store, {
    id: 'gem:1',
    environmentId: 'environment',
    gem: { url: 'http://127.0.0.1:9', apiKey: 'plain-key', applicationSecret: 'plain-secret' },
    actingUserId: null,
    jobBoardVanity: null,
    endUserOrganizationName: 'Acme',
    isRemoteDataEnabled: false,
    createdAt,
  });
}
