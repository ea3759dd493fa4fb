import { sql, type Kysely } from 'kysely';

/** What background work needs: syncs that wait, how far they have come, and integrations that are not to be synced. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // A sync that waits is QUEUED; its `started_at` is when it was asked for, until it starts.
  `alter table syncs
    drop constraint syncs_state_check,
    add constraint syncs_state_check check (state in
      ('QUEUED', 'RUNNING', 'SUCCEEDED', 'PARTIALLY_FAILED', 'FAILED', 'AUTHENTICATION_FAILED', 'CANCELLED',
       'TIMED_OUT')),
    add column progress jsonb not null default '{}',
    add column rejected_count integer`,
  `create unique index syncs_unfinished on syncs (integration_id, type) where state in ('QUEUED', 'RUNNING')`,
  `alter table integrations
    add column is_enabled boolean not null default true,
    add column authentication_failing_since timestamptz,
    add column invalid_since timestamptz,
    add column deleted_at timestamptz`,
  // Several keys may open an environment.
  `create table environment_keys (
    api_key_hash text primary key,
    environment_id text not null references environments (id) on delete cascade,
    created_at timestamptz not null
  )`,
  `insert into environment_keys (api_key_hash, environment_id, created_at)
    select api_key_hash, id, created_at from environments`,
  `alter table environments drop column api_key_hash`,
];
