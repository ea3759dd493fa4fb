import { sql, type Kysely } from 'kysely';

/** Since when what is stored of an integration no longer goes with its settings (kombo-unified-api §4.8). */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table integrations add column data_expired_at timestamptz`.execute(database);
}
