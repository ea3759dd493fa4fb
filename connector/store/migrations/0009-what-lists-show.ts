import { sql, type Kysely } from 'kysely';

/** What the reading of lists has shown, so that nothing is concluded from a list that was not read whole. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // `shown`: how many records came and how many were announced. It takes the place of `total`, which stays for processes
  // of the version before that run on.
  `alter table sync_checkpoints add column shown jsonb`,
  // Lists that have lost much at once, which the sync could not prove. The next full sync that finds the same believes it.
  `create table doubted_losses (
    integration_id text not null references integrations (id) on delete cascade,
    listing text not null,
    sync_id text not null,
    doubted_at timestamptz not null,
    primary key (integration_id, listing)
  )`,
];
