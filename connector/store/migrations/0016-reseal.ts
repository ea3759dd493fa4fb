import { sql, type Kysely } from 'kysely';

/** A text that was sealed with a new key, as long as not everything is: until then no process may start without both keys. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table key_check add column resealing text`.execute(database);
}
