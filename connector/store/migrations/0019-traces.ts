import { sql, type Kysely } from 'kysely';

/** The step of a trace in which a sync was asked for, and in which an event came about, as the header `traceparent` tells it. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // Kept with the sync and not with its job: a job that is lost is sent again, and another process goes on with the sync.
  `alter table syncs add column traceparent text`,
  // Of an event, and not of the job that sends it: one job sends what many have brought about.
  `alter table webhook_events add column traceparent text`,
];
