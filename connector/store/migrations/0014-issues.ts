import { sql, type Kysely } from 'kysely';

/** What is wrong with integrations, and since when, with the calls that decide whether an action fails (kombo-unified-api §4.10). */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // `action`: empty where the issue is about none.
  `create table issues (
    id text primary key,
    integration_id text not null references integrations (id) on delete cascade,
    type text not null,
    action text not null,
    problem text not null,
    first_observed_at timestamptz not null,
    last_observed_at timestamptz not null,
    resolved_at timestamptz
  )`,
  // What comes back is raised anew: of the same issue at most one is open.
  `create unique index issues_that_are_open on issues (integration_id, type, action) where resolved_at is null`,
  `create index issues_of_integrations on issues (integration_id, first_observed_at)`,
  // The calls of the last day; nothing of what they were about.
  `create table action_calls (
    integration_id text not null references integrations (id) on delete cascade,
    action text not null,
    at timestamptz not null,
    has_failed boolean not null
  )`,
  `create index action_calls_in_time on action_calls (integration_id, action, at)`,
];
