import { sql, type Kysely } from 'kysely';

/** What is on, optional or off in an environment, by the names of its parts, and what the customer of an integration does not want. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table environments add column scope jsonb not null default '{}', add column scope_name text
  `.execute(database);
  await sql`alter table integrations add column opted_out jsonb not null default '[]'`.execute(database);
}
