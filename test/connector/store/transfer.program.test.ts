// An integration that goes to another store, and a whole store that does, as an operator has it done.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { startConnector } from '../../../connector/server.ts';
import { listTables } from '../../../connector/store/copy-tables.ts';
import { openStore, type OpenStore } from '../../../connector/store/open-store.ts';
import type { Database } from '../../../connector/store/schema.ts';
import { createVault } from '../../../connector/store/vault.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { readCandidates, startGem } from '../../support/gem.ts';
import { userRecord } from '../../support/gem-records.ts';
import { root, run } from '../../support/process.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';

const main = `${root}/connector/main.ts`;
const apiKey = 'mgc_key-of-the-transfer-test';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'connector-transfer-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Fills a store with an account that was synced. */
async function fill(place: OpenStore) {
  const gem = await startGem({ scenario: 'default' });
  const [person] = await readCandidates(gem);
  const world = await gem.control.world(gem.apiKey);
  // It shows as a line break, and a file of lines of JSON has it as it is.
  const set = { title: 'One\u2028Two' };
  await world.edit({ do: 'change', resource: 'candidates', record: person?.id ?? '', set });
  const connector = await startConnector({ ...place, port: 0, apiKey, limits: 'off' });
  const { id } = await connector.connect({
    gem: { url: gem.url, apiKey: gem.apiKey, applicationSecret: gem.applicationSecret },
  });
  await connector.sync(id);
  const lists = await listsOf(connector.apiUrl, id);
  await connector.close();
  return { id, gem, lists };
}

const names = ['users', 'jobs', 'candidates', 'applications', 'interviews', 'application-stages'];

async function listsOf(apiUrl: string, id: string): Promise<unknown[]> {
  const headers = { Authorization: `Bearer ${apiKey}`, 'X-Integration-Id': id };
  return Promise.all(
    names.map(async (name) => {
      const answer = await fetch(`${apiUrl}/ats/${name}?page_size=250&include_deleted=true`, { headers });
      expect(answer.status).toBe(200);
      return answer.json();
    }),
  );
}

async function dump(database: Database, id: string): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const { name, columns } of await listTables(database)) {
    if (!columns.includes('integration_id') || name === 'webhook_events' || name === 'list_calls') continue;
    const { rows } = await sql`
      select to_jsonb(present) - 'number' as row from ${sql.table(name)} as present
      where integration_id = ${id} order by 1
    `.execute(database);
    tables[name] = rows;
  }
  return tables;
}

test('an integration is exported without its secrets and goes on elsewhere, with its ids and its data', async () => {
  const from = await placeOnPostgres();
  const { id, gem, lists } = await fill(from);
  const file = join(folder(), 'integration.jsonl');
  const env = { DATABASE_URL: from.databaseUrl, CONNECTOR_ENCRYPTION_KEY: from.encryptionKey };
  const exported = await run('node', [main, 'export', id, file], { env }).ended;
  expect(exported).toMatchObject({ code: 0, stdout: '' });
  const text = readFileSync(file, 'utf8');
  for (const secret of [gem.apiKey, gem.applicationSecret, 'gem_api_key', 'gem_application_secret']) {
    expect(text).not.toContain(secret);
  }

  const to = await placeOnPostgres();
  const target = { DATABASE_URL: to.databaseUrl, CONNECTOR_ENCRYPTION_KEY: to.encryptionKey };
  const command = (flags: string[], key = '') =>
    run('node', [main, ...flags], { env: { ...target, GEM_API_KEY: key } }).ended;
  // Half a file is none.
  const half = join(folder(), 'half.jsonl');
  writeFileSync(half, text.slice(0, text.length / 2).replace(/\n[^\n]*$/, '\n'));
  expect(await command(['import', half])).toMatchObject({ code: 1, stderr: 'the file was cut off\n' });
  // The next sync with the key of another account would take all of it for gone.
  const stub = await startStubGem({ listUsers: [userRecord('somebody-else')] });
  const elsewhere = join(folder(), 'elsewhere.jsonl');
  writeFileSync(elsewhere, text.replaceAll(gem.url, stub.url));
  const untold = 'it cannot be told whether the key in GEM_API_KEY is of the account that was exported';
  const refuses: [answers: (path: string) => number, words: string][] = [
    [() => 401, 'Gem refuses the key in GEM_API_KEY'],
    [() => 200, 'the key in GEM_API_KEY is of another account'],
    // A Gem that is down, and one that gives out neither its users nor the candidates that are known.
    [() => 500, untold],
    [(path) => (/^\/ats\/v0\/(?:users|candidates\/\w)/.test(path) ? 403 : 200), untold],
  ];
  for (const [answers, words] of refuses) {
    stub.intercept = (request, response) => {
      const status = answers(request.url ?? '');
      return status !== 200 && answer(response, status, { message: 'no' });
    };
    const { code, stderr } = await command(['import', elsewhere], 'key-of-another-account');
    expect([code, stderr]).toEqual([1, expect.stringMatching(`^${words}.*; nothing was imported`)]);
    expect(stderr).not.toContain('key-of-another-account');
  }
  expect(await command(['import', file], gem.apiKey)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(`^${id} is there, with \\d+ rows\n$`),
  });
  expect(await command(['import', file])).toMatchObject({
    code: 1,
    stderr: `the integration ${id} is there already\n`,
  });

  const [before, after] = [await openStore(from), await openStore(to)];
  onTestFinished(before.close);
  onTestFinished(after.close);
  expect(await dump(after.database, id)).toEqual(await dump(before.database, id));
  const connector = await startConnector({ ...to, port: 0, apiKey, limits: 'off' });
  onTestFinished(connector.close);
  expect(await listsOf(connector.apiUrl, id)).toEqual(lists);
  // It goes on with what has changed since: nothing has.
  expect(await connector.sync(id, { type: 'DELTA' })).toMatchObject({ type: 'DELTA', state: 'SUCCEEDED' });
  expect(await listsOf(connector.apiUrl, id)).toEqual(lists);
}, 180_000);

test('without a key, what was imported can be read, and waits to be connected again', async () => {
  const from = await placeOnPostgres();
  const { id, lists } = await fill(from);
  const env = { DATABASE_URL: from.databaseUrl, CONNECTOR_ENCRYPTION_KEY: from.encryptionKey };
  const { stdout } = await run('node', [main, 'export', id], { env }).ended;
  const file = join(folder(), 'integration.jsonl');
  writeFileSync(file, stdout);
  const to = await placeOnPostgres();
  const target = {
    DATABASE_URL: to.databaseUrl,
    CONNECTOR_ENCRYPTION_KEY: to.encryptionKey,
    GEM_API_KEY: '',
  };
  expect(await run('node', [main, 'import', file], { env: target }).ended).toMatchObject({ code: 0 });
  const connector = await startConnector({ ...to, port: 0, apiKey, limits: 'off' });
  onTestFinished(connector.close);
  expect(await listsOf(connector.apiUrl, id)).toEqual(lists);
  const answer = await fetch(`${connector.apiUrl}/integrations/${id}`, {
    headers: { Authorization: `Bearer ${apiKey}` },
  });
  expect(await answer.json()).toMatchObject({ data: { status: 'INVALID' } });
}, 180_000);

test('one that was never synced can lose nothing, and is imported though its account cannot be told', async () => {
  const [from, to] = [await placeOnPostgres(), await placeOnPostgres()];
  const stub = await startStubGem();
  const connector = await startConnector({ ...from, port: 0, apiKey, limits: 'off' });
  const { id } = await connector.connect({ gem: { url: stub.url, apiKey: 'any-key' } });
  await connector.close();
  const [exporting, importing] = [from, to].map(({ databaseUrl, encryptionKey }) => ({
    DATABASE_URL: databaseUrl,
    CONNECTOR_ENCRYPTION_KEY: encryptionKey,
  }));
  const file = join(folder(), 'integration.jsonl');
  await run('node', [main, 'export', id, file], { env: { ...exporting } }).ended;
  stub.intercept = (_, response) => answer(response, 500, { message: 'no' });
  const env = { ...importing, GEM_API_KEY: 'any-key' };
  expect(await run('node', [main, 'import', file], { env }).ended).toMatchObject({ code: 0 });
}, 180_000);

test('the embedded database is moved to a server by one command, whole or not at all', async () => {
  const dataDirectory = folder();
  const { id, lists } = await fill({ dataDirectory });
  const to = await placeOnPostgres();
  const env = { DATABASE_URL: to.databaseUrl, CONNECTOR_ENCRYPTION_KEY: to.encryptionKey };
  const move = () => run('node', [main, 'move', '--data-directory', dataDirectory], { env });
  // Killed in the middle, it has moved nothing, and is done again.
  const killed = move();
  const watching = await openStore(to);
  onTestFinished(watching.close);
  await expect
    .poll(
      async () => {
        const { rows } = await sql<{ count: number }>`
          select count(*)::integer as count from pg_stat_activity
          where datname = current_database() and query like '%json_populate_recordset%' and pid <> pg_backend_pid()
        `.execute(watching.database);
        return rows[0]?.count;
      },
      { timeout: 60_000, interval: 2 },
    )
    .toBeGreaterThan(0);
  killed.child.kill('SIGKILL');
  await killed.ended;
  const { rows } = await sql`select from integrations`.execute(watching.database);
  expect(rows).toEqual([]);

  expect(await move().ended).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/^\d+ rows were copied/),
  });
  expect(await move().ended).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^the database has data already/),
  });
  expect(existsSync(join(dataDirectory, 'database'))).toBe(true);

  const vault = createVault({ key: to.encryptionKey });
  const { rows: sealed } = await sql<{ key: string }>`select gem_api_key as key from integrations`.execute(
    watching.database,
  );
  expect(sealed.map(({ key }) => vault.isCurrent(key))).toEqual([true]);
  const connector = await startConnector({ ...to, port: 0, apiKey, limits: 'off' });
  onTestFinished(connector.close);
  expect(await listsOf(connector.apiUrl, id)).toEqual(lists);
  expect(await connector.sync(id, { type: 'DELTA' })).toMatchObject({ type: 'DELTA', state: 'SUCCEEDED' });
  expect(await listsOf(connector.apiUrl, id)).toEqual(lists);
}, 240_000);

test.each([
  [['export', 'gem:x', '--data-directory', '/nowhere'], /^there is no data in \/nowhere\n$/],
  [['import', '/nowhere/file'], /^ENOENT/],
  [['move'], /^DATABASE_URL has to say/],
])('%j is refused in words', async (flags, words) => {
  const { code, stderr } = await run('node', [main, ...flags], { env: { DATABASE_URL: '' } }).ended;
  expect([code, stderr]).toEqual([1, expect.stringMatching(words)]);
});
