import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openStore, type Store } from '../../../connector/store/open-store.ts';
import { createLink, findLink, saveEnteredKey } from '../../../connector/store/queries/connection-links.ts';
import { findCreation, saveCreation } from '../../../connector/store/queries/creations.ts';
import { createEnvironment } from '../../../connector/store/queries/environments.ts';
import { listIntegrations, saveIntegration } from '../../../connector/store/queries/integrations.ts';
import { reseal } from '../../../connector/store/reseal.ts';
import { createVault, forgetOldKey, MissingOtherKey, WrongKey } from '../../../connector/store/vault.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { root, run } from '../../support/process.ts';

const [oldKey, newKey] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64')) as [string, string];
const at = '2026-01-01T00:00:00.000Z';
const main = `${root}/connector/main.ts`;

/** Fills every place that is sealed, with as many integrations as are asked for. */
async function fill(store: Store, count: number): Promise<void> {
  const { database } = store;
  await createEnvironment(database, { id: 'environment', name: 'test', apiKey: 'key', createdAt: at });
  await saveIntegration(store, {
    id: 'gem:0',
    environmentId: 'environment',
    gem: { url: 'http://127.0.0.1:9', apiKey: 'plain-key', applicationSecret: 'plain-secret' },
    actingUserId: null,
    jobBoardVanity: null,
    endUserOrganizationName: 'Acme',
    isRemoteDataEnabled: false,
    createdAt: at,
  });
  await sql`
    insert into integrations
      (id, environment_id, gem_url, gem_api_key, gem_application_secret, end_user_organization_name,
       is_remote_data_enabled, created_at)
    select 'gem:' || number, environment_id, gem_url, gem_api_key, gem_application_secret, end_user_organization_name,
      is_remote_data_enabled, created_at
    from integrations, generate_series(1, ${count - 1}::integer) as more (number)
  `.execute(database);
  await createLink(database, { ...link, at, expiresAt: '2027-01-01T00:00:00.000Z' });
  await saveEnteredKey(store, { token: link.token, gemApiKey: 'plain-entered-key', at });
  await sql`
    insert into webhooks (id, environment_id, url, secret, previous_secret, event_types, is_setting, created_at)
    values ('webhook', 'environment', 'http://127.0.0.1:9', ${store.vault.seal('plain-webhook-secret')},
      ${store.vault.seal('plain-secret-before')}, '[]', false, ${at})
  `.execute(database);
  await saveCreation(store, { ...pending, files: [file] }, at);
}

const link = {
  token: 'token-of-a-link',
  environmentId: 'environment',
  purpose: 'CONNECT' as const,
  integrationId: null,
  isEmbedded: true,
  endUserOrganizationName: 'Acme',
  endUserEmail: null,
  endUserOriginId: null,
  isCreatedOnly: null,
};
const file = {
  position: 0,
  filename: 'cv.pdf',
  contentType: 'application/pdf',
  content: Uint8Array.from(Buffer.alloc(1000, 7)),
  uploadedAs: null,
};
const pending = {
  integrationId: 'gem:0',
  target: 'target',
  turn: 'turn',
  call: 'call',
  asked: { name: 'plain-name' },
  created: null,
  warnings: [],
  isTold: false,
  begunAt: at,
};

/** Everything that was sealed can be read. */
async function expectWhole(store: Store, count: number): Promise<void> {
  const credentials = { url: 'http://127.0.0.1:9', apiKey: 'plain-key', applicationSecret: 'plain-secret' };
  const integrations = await listIntegrations(store, 'environment');
  expect(integrations.map(({ gem }) => gem)).toEqual(Array.from({ length: count }, () => credentials));
  const opened = await findLink(store, { token: link.token, at, keysSince: at });
  expect(opened?.gemApiKey).toBe('plain-entered-key');
  const { rows } = await sql<{ secret: string }>`
    select secret from webhooks union all select previous_secret from webhooks
  `.execute(store.database);
  const secrets = rows.map(({ secret }) => store.vault.open(secret));
  expect(secrets).toEqual(['plain-webhook-secret', 'plain-secret-before']);
  const creation = await findCreation(store, pending);
  expect(creation).toMatchObject({ asked: pending.asked, files: [{ filename: 'cv.pdf' }] });
  expect(Buffer.from(creation?.files[0]?.content ?? []).equals(Buffer.from(file.content))).toBe(true);
}

/** Texts anywhere in the store that a key opens: a place that is sealed and was forgotten would be among them. */
async function textsOf(store: Store, key: string): Promise<string[]> {
  const { database } = store;
  const vault = createVault({ key });
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and data_type = 'text'
  `.execute(database);
  const found: string[] = [];
  for (const { table, column } of columns) {
    const { rows } = await sql<{ text: string }>`
      select ${sql.ref(column)} as text from ${sql.table(table)} where ${sql.ref(column)} is not null
    `.execute(database);
    if (rows.some(({ text }) => vault.isCurrent(text))) found.push(`${table}.${column}`);
  }
  return found;
}

test('a new key takes the place of the old one, though the command is killed again and again', async () => {
  const { databaseUrl } = await placeOnPostgres();
  const count = 300;
  const before = await openStore({ databaseUrl, encryptionKey: oldKey });
  onTestFinished(before.close);
  await fill(before, count);
  expect(await textsOf(before, oldKey)).toHaveLength(9);

  const env = {
    DATABASE_URL: databaseUrl,
    CONNECTOR_ENCRYPTION_KEY: newKey,
    CONNECTOR_OTHER_ENCRYPTION_KEY: oldKey,
  };
  const renewed = async () => {
    const { rows } = await sql<{ key: string }>`select gem_api_key as key from integrations`.execute(
      before.database,
    );
    const vault = createVault({ key: newKey });
    return rows.filter(({ key }) => vault.isCurrent(key)).length;
  };
  for (const reached of [20, 150]) {
    const command = run('node', [main, 'reseal'], { env });
    await expect.poll(renewed, { timeout: 60_000, interval: 5 }).toBeGreaterThan(reached);
    command.child.kill('SIGKILL');
    await command.ended;
  }
  // In the middle, one key alone is refused, whichever it is, and both read everything.
  expect(await renewed()).toBeLessThan(count);
  for (const encryptionKey of [oldKey, newKey]) {
    await expect(openStore({ databaseUrl, encryptionKey })).rejects.toBeInstanceOf(MissingOtherKey);
  }
  const both = await openStore({ databaseUrl, encryptionKey: newKey, otherEncryptionKey: oldKey });
  await expectWhole(both, count);
  await both.close();

  expect(await run('node', [main, 'reseal'], { env }).ended).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^\d+ texts are sealed with the new key, and nothing is with the old one\n$/,
    ),
    stderr: '',
  });
  const after = await openStore({ databaseUrl, encryptionKey: newKey });
  onTestFinished(after.close);
  await expectWhole(after, count);
  expect(await textsOf(after, oldKey)).toEqual([]);
  await expect(openStore({ databaseUrl, encryptionKey: oldKey })).rejects.toBeInstanceOf(WrongKey);
}, 180_000);

test('what neither key opens is told, and lets the rest not wait', async () => {
  const { databaseUrl } = await placeOnPostgres();
  const before = await openStore({ databaseUrl, encryptionKey: oldKey });
  onTestFinished(before.close);
  await fill(before, 2);
  await sql`update integrations set gem_api_key = 'foreign' where id = 'gem:1'`.execute(before.database);
  const both = await openStore({ databaseUrl, encryptionKey: newKey, otherEncryptionKey: oldKey });
  onTestFinished(both.close);
  expect(await reseal(both)).toEqual({ renewed: 9, unreadable: 1 });
  expect(await textsOf(both, oldKey)).toEqual([]);
});

test('the key of a folder is renewed by the command alone, from wherever it was killed', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'connector-reseal-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
  const file = join(dataDirectory, 'encryption.key');
  const first = await openStore({ dataDirectory });
  await fill(first, 2);
  await first.close();
  const key = readFileSync(file, 'utf8').trim();

  // Killed before the new key was there, and then before anything was sealed with it.
  copyFileSync(file, `${file}.old`);
  const halfway = await openStore({ dataDirectory, renewsKey: true });
  await expectWhole(halfway, 2);
  await halfway.close();
  const next = readFileSync(file, 'utf8').trim();
  expect([next === key, readFileSync(`${file}.old`, 'utf8').trim()]).toEqual([false, key]);
  // It does not make a third one, with which what the first has sealed could not be read.
  expect(await run('node', [main, 'reseal', '--data-directory', dataDirectory]).ended).toMatchObject({
    code: 0,
    stderr: '',
  });
  expect([readFileSync(file, 'utf8').trim(), existsSync(`${file}.old`)]).toEqual([next, false]);
  const after = await openStore({ dataDirectory });
  onTestFinished(after.close);
  await expectWhole(after, 2);
  expect(await textsOf(after, key)).toEqual([]);
  forgetOldKey(dataDirectory);
}, 120_000);

test.each([
  [
    ['reseal'],
    { DATABASE_URL: 'postgres://127.0.0.1:9/x', CONNECTOR_ENCRYPTION_KEY: newKey },
    /the old one into CONNECTOR_OTHER_ENCRYPTION_KEY/,
  ],
  [['--data-directory', 'x', 'reseal'], {}, /--data-directory <path> has to stand behind reseal/],
])('%j is refused in words', async (flags, env, words) => {
  const { code, stderr } = await run('node', [main, ...flags], { env }).ended;
  expect([code, stderr]).toEqual([1, expect.stringMatching(words)]);
  expect(stderr).not.toMatch(/ at .*:\d+/);
});
