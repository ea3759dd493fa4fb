// An integration as a text: to look at, to keep, and to go on with elsewhere. It has the data of people, and no secret.
import { sql } from 'kysely';
import type { Clock } from '../../contracts/clock.ts';
import { insertRows, listTables, readRows, type CopiedTable } from './copy-tables.ts';
import type { Store } from './open-store.ts';
import type { Database } from './schema.ts';

/** The file cannot be used, or there is no such integration. */
export class CannotTransfer extends Error {
  override readonly name = 'CannotTransfer';
}

/**
 * Writes an integration with all that is stored of it, as it is at one moment: a head, then line after line `["<table>",{row}]`, and
 * an end. Left out are credentials, links and events, and what is under way: syncs that have not ended, applications that are
 * being created.
 *
 * @returns how many rows there are, and how many applications are being created
 * @throws CannotTransfer when there is no such integration
 */
export async function exportIntegration(
  { database }: Pick<Store, 'database'>,
  id: string,
  write: (line: string) => Promise<void>,
): Promise<{ rows: number; pending: number }> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const { rows: found } = await sql<{ head: string; pending: number }>`
        select json_build_object(
            'format', ${format}::text, 'migration', ${await newestMigration(transaction)}::text,
            'environment', json_build_object('id', environment.id, 'name', environment.name),
            'integration', to_jsonb(integration) - ${secrets}::text[]
          )::text as head,
          (select count(*)::integer from pending_creations where integration_id = integration.id) as pending
        from integrations as integration join environments as environment on environment.id = integration.environment_id
        where integration.id = ${id} and integration.deleted_at is null
      `.execute(transaction);
      const [present] = found;
      if (!present) throw new CannotTransfer(`there is no integration ${id}`);
      await write(present.head);
      let count = 0;
      for (const table of await tablesOfIntegration(transaction)) {
        const isWanted =
          table.name === 'syncs'
            ? sql`integration_id = ${id} and ended_at is not null`
            : sql`integration_id = ${id}`;
        for await (const page of readRows(transaction, table, isWanted)) {
          for (const row of page) await write(`["${table.name}",${row}]`);
          count += page.length;
        }
      }
      await write(`["${end}",${count}]`);
      return { rows: count, pending: present.pending };
    });
}

const format = 'mock-gem integration 1';
const end = 'end';
const secrets = ['gem_api_key', 'gem_application_secret'];

/** What an imported integration reaches Gem with. */
interface ImportedKey {
  apiKey: string;
  applicationSecret: string | null;
}

/** How an integration is imported. */
export interface ImportOptions {
  key: ImportedKey | undefined;
  clock: Clock;
  check?: (stored: Pick<Store, 'database' | 'vault'>, id: string) => Promise<void>;
}

/**
 * Stores what {@link exportIntegration} wrote, as a whole or not at all. Without a key the integration is invalid until it is
 * connected again: its data can be read, and is not synced.
 *
 * @param options.check given, looks at what was stored before it stays; what it throws lets nothing of it stay
 * @returns its id, and how many rows there are
 * @throws CannotTransfer when the text is no such file, was cut off, was written by another version, or is of an integration that
 *   is there
 */
export async function importIntegration(
  { database, vault }: Pick<Store, 'database' | 'vault'>,
  lines: AsyncIterable<string>,
  { key, clock, check = async () => {} }: ImportOptions,
): Promise<{ id: string; rows: number }> {
  return database.transaction().execute(async (transaction) => {
    const tables = new Map((await tablesOfIntegration(transaction)).map((table) => [table.name, table]));
    let id: string | undefined;
    let [count, announced] = [0, -1];
    let isCleared = false;
    let batch: { table: CopiedTable; rows: string[] } | undefined;

    async function flush(): Promise<void> {
      if (!batch || id === undefined) return;
      // A trigger has noted some of these already.
      if (batch.table.name === 'entry_changes' && !isCleared) {
        isCleared = true;
        await sql`delete from entry_changes where integration_id = ${id}`.execute(transaction);
      }
      await insertRows(transaction, batch.table, batch.rows, { values: { integration_id: id } });
      count += batch.rows.length;
      batch = undefined;
    }

    for await (const line of lines) {
      if (line === '') continue;
      if (id === undefined) {
        const sealed = { key: vault.seal(key?.apiKey ?? ''), secret: sealedSecret(key) };
        id = await insertHead(transaction, line, { ...sealed, invalidSince: key ? null : clock.now() });
        continue;
      }
      const [, name = '', row = ''] = /^\["(\w+)",(.*)\]$/s.exec(line) ?? [];
      if (name === end) {
        announced = Number(row);
        continue;
      }
      const table = tables.get(name);
      if (!table) throw new CannotTransfer('the file has a line that no export writes');
      if (batch && (batch.table !== table || batch.rows.length === atOnce)) await flush();
      batch ??= { table, rows: [] };
      batch.rows.push(row);
    }
    await flush();
    if (id === undefined || announced !== count) throw new CannotTransfer('the file was cut off');
    await sql`
      select setval('reading_numbers', greatest(nextval('reading_numbers'), ${await latestReading(transaction, tables, id)}::bigint))
    `.execute(transaction);
    await check({ database: transaction, vault }, id);
    return { id, rows: count };
  });

  function sealedSecret(given: ImportedKey | undefined): string | null {
    return given?.applicationSecret ? vault.seal(given.applicationSecret) : null;
  }
}

/** Rows. */
const atOnce = 100;

async function insertHead(
  database: Database,
  line: string,
  { key, secret, invalidSince }: { key: string; secret: string | null; invalidSince: number | null },
): Promise<string> {
  const head = readHead(line);
  const migration = await newestMigration(database);
  if (head.migration !== migration) {
    throw new CannotTransfer(
      `the file was written by a connector of another version (${head.migration}, and this one has ${migration}): export it with one of this version`,
    );
  }
  const { id, environment } = head;
  await sql`
    insert into environments (id, name, created_at) values (${environment.id}, ${environment.name}, now())
    on conflict (id) do nothing
  `.execute(database);
  const { rows: present } = await sql`select from integrations where id = ${id}`.execute(database);
  if (present.length > 0) throw new CannotTransfer(`the integration ${id} is there already`);
  const table = (await listTables(database)).find(({ name }) => name === 'integrations');
  if (!table) throw new Error('there is no table of integrations');
  await insertRows(database, table, [head.integration], {
    values: {
      gem_api_key: key,
      gem_application_secret: secret,
      environment_id: environment.id,
    },
  });
  if (invalidSince !== null) {
    const at = new Date(invalidSince).toISOString();
    await sql`update integrations set invalid_since = ${at}::timestamptz where id = ${id}`.execute(database);
  }
  return id;
}

function readHead(line: string) {
  try {
    const head = JSON.parse(line) as {
      format?: string;
      migration: string;
      environment: { id: string; name: string };
      integration: { id: string };
    };
    if (head.format === format) {
      const { migration, environment, integration } = head;
      return { migration, environment, id: integration.id, integration: JSON.stringify(integration) };
    }
  } catch {
    // The reason is told below.
  }
  throw new CannotTransfer('this is no file that mock-gem connector export wrote');
}

/** What is of one integration alone, and makes sense elsewhere. */
async function tablesOfIntegration(database: Database): Promise<CopiedTable[]> {
  const tables = await listTables(database);
  return tables.filter(({ name, columns }) => columns.includes('integration_id') && !staying.has(name));
}

/** What is under way, opens something, or is told to others. */
const staying: ReadonlySet<string> = new Set([
  'pending_creations',
  'pending_files',
  'recent_writes',
  'connection_links',
  'webhook_events',
  'list_calls',
]);

async function newestMigration(database: Database): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration order by name desc limit 1
  `.execute(database);
  return rows[0]?.name ?? '';
}

/** The numbers of readings go on behind those of the rows: otherwise what is read next would pass for older. */
async function latestReading(
  database: Database,
  tables: ReadonlyMap<string, CopiedTable>,
  id: string,
): Promise<string> {
  const counted = [...tables.values()].filter(({ columns }) => columns.includes('reading'));
  const each = counted.map(
    ({ name }) => sql`select max(reading) as reading from ${sql.table(name)} where integration_id = ${id}`,
  );
  const { rows } = await sql<{ latest: string }>`
    select coalesce(max(reading), 1)::text as latest from (${sql.join(each, sql` union all `)}) as readings
  `.execute(database);
  return rows[0]?.latest ?? '1';
}
