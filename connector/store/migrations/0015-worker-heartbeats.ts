import { sql, type Kysely } from 'kysely';

/** Signs of life of the processes that work in the background, so that any other one knows whether there are some. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table worker_heartbeats (
      worker_id text primary key,
      seen_at timestamptz not null
    )
  `.execute(database);
}
