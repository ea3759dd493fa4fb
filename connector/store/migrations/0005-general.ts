import { sql, type Kysely } from 'kysely';

/** What the general calls and the connection page need: fields and their mappings, links, and what is left of old rows. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const models = [
  'ats_users',
  'ats_jobs',
  'ats_job_postings',
  'ats_candidates',
  'ats_application_stages',
  'ats_applications',
  'ats_interviews',
  'ats_join_jobs_application_stages',
  'ats_join_jobs_users',
  'ats_join_interviews_users',
];

const statements = [
  `alter table integrations add column end_user_email text, add column end_user_origin_id text`,
  // The raw fields that rows were seen with. Passed on is what is not said to be hidden.
  `create table integration_fields (
    integration_id text not null references integrations (id) on delete cascade,
    id text not null,
    model text not null,
    key text not null,
    type text not null check (type in ('DEFAULT', 'CUSTOM')),
    label text,
    is_passthrough_enabled boolean not null default true,
    primary key (integration_id, id)
  )`,
  // An environment's own fields, beside those that every environment has.
  `create table custom_fields (
    environment_id text not null references environments (id) on delete cascade,
    model text not null,
    key text not null,
    label text,
    description text,
    primary key (environment_id, model, key)
  )`,
  // Mappings that somebody made; null takes a mapping away that would be there otherwise.
  `create table custom_field_mappings (
    integration_id text not null references integrations (id) on delete cascade,
    model text not null,
    key text not null,
    integration_field_id text,
    primary key (integration_id, model, key)
  )`,
  // Links to the connection page. Of their tokens only hashes are kept; a key that was entered waits here, sealed, until
  // the rest was chosen.
  `create table connection_links (
    token_hash text primary key,
    environment_id text not null references environments (id) on delete cascade,
    purpose text not null check (purpose in ('CONNECT', 'RELINK', 'SETUP')),
    integration_id text references integrations (id) on delete cascade,
    is_embedded boolean not null,
    end_user_email text,
    end_user_organization_name text not null,
    end_user_origin_id text,
    is_created_only boolean,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    refusals integer not null default 0,
    gem_api_key text,
    gem_api_key_kept_at timestamptz,
    completed_at timestamptz,
    sync_id text,
    result_token_hash text unique
  )`,
  // Rows that are long gone from Gem keep their keys only (kombo-unified-api §5.3).
  ...models.map((model) => `alter table ${model} add column is_cleared boolean not null default false`),
  `alter table ats_job_postings alter column is_live drop not null`,
  `alter table ats_application_stages alter column interview_item_ids drop not null`,
  `alter table ats_join_jobs_users alter column roles drop not null`,
];
