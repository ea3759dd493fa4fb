import { sql, type Kysely } from 'kysely';

/** What actions need: the source that applications get by themselves, and the counts behind the limits on calls. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // Null: none is written. `{}`: the one that is called like the environment. Otherwise its `name` or its `id` at Gem.
  `alter table integrations add column automatic_source jsonb`,
  // Counts may be lost in a crash, so writing them need not wait for the disk. Moments are in milliseconds since 1970.
  `create unlogged table call_windows (
    api_key_hash text primary key,
    ends_at bigint not null,
    calls integer not null
  )`,
  // `leases`: by the name of each action that runs, until when it counts at the latest.
  `create unlogged table actions_under_way (
    integration_id text primary key references integrations (id) on delete cascade,
    leases jsonb not null
  )`,
];
