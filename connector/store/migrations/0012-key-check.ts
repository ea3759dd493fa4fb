import { sql, type Kysely } from 'kysely';

/** A text that was sealed with the key of this store, so that a wrong one is noticed before it is needed. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table key_check (
      is_only boolean primary key default true check (is_only),
      sealed text not null
    )
  `.execute(database);
}
