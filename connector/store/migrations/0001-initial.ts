import { sql, type Kysely } from 'kysely';

/**
 * Every model has a table with the same frame: `id` (ours), `integration_id`, `remote_id`, `number` (the order in
 * which rows came, which lists are paged by), `changed_at`, `remote_deleted_at`, then the model's own columns.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const frame = `
  id text primary key,
  integration_id text not null references integrations (id) on delete cascade,
  remote_id text not null,
  number bigint generated always as identity unique,
  changed_at timestamptz not null,
  remote_deleted_at timestamptz`;

const statements = [
  `create table environments (
    id text primary key,
    name text not null,
    api_key_hash text not null unique,
    created_at timestamptz not null
  )`,
  `create table integrations (
    id text primary key,
    environment_id text not null references environments (id) on delete cascade,
    gem_url text not null,
    gem_api_key text not null,
    gem_application_secret text,
    acting_user_id text,
    job_board_vanity text,
    end_user_organization_name text not null,
    is_remote_data_enabled boolean not null,
    first_synced_at timestamptz,
    created_at timestamptz not null
  )`,
  `create table syncs (
    id text primary key,
    integration_id text not null references integrations (id) on delete cascade,
    type text not null check (type in ('FULL', 'DELTA')),
    state text not null check (state in
      ('RUNNING', 'SUCCEEDED', 'PARTIALLY_FAILED', 'FAILED', 'AUTHENTICATION_FAILED', 'CANCELLED', 'TIMED_OUT')),
    started_at timestamptz not null,
    ended_at timestamptz,
    problem text
  )`,
  `create index syncs_by_integration on syncs (integration_id, started_at)`,
  // Where the last good page of each listing ended; written in the transaction that writes the page's rows.
  `create table sync_checkpoints (
    sync_id text not null references syncs (id) on delete cascade,
    listing text not null,
    next_page integer not null,
    is_finished boolean not null,
    primary key (sync_id, listing)
  )`,
  // What a full sync has met so far; what it has not met by its end is gone at Gem.
  `create table sync_sightings (
    sync_id text not null references syncs (id) on delete cascade,
    model text not null,
    id text not null,
    primary key (sync_id, model, id)
  )`,
  // Records that could not be used, kept aside with the reason.
  `create table rejected_records (
    integration_id text not null references integrations (id) on delete cascade,
    listing text not null,
    remote_id text not null,
    reason text not null,
    record jsonb not null,
    rejected_at timestamptz not null,
    primary key (integration_id, listing, remote_id)
  )`,
  `create table ats_users (${frame},
    first_name text, last_name text, email text, status text, remote_data jsonb)`,
  `create table ats_jobs (${frame},
    name text, job_code text, description text, confidential boolean, status text, department text,
    post_url text, remote_work_status text, location jsonb, custom_fields jsonb, integration_fields jsonb,
    opened_at timestamptz, closed_at timestamptz, remote_created_at timestamptz, remote_updated_at timestamptz,
    remote_data jsonb)`,
  `create table ats_job_postings (${frame},
    title text, description_html text, status text, visibility text, url text, job_id text,
    remote_created_at timestamptz, remote_updated_at timestamptz, remote_data jsonb,
    is_live boolean not null, first_published_at timestamptz)`,
  `create table ats_candidates (${frame},
    first_name text, last_name text, company text, title text, confidential boolean, source text,
    phone_numbers jsonb, email_addresses jsonb, social_media jsonb, custom_fields jsonb, integration_fields jsonb,
    remote_created_at timestamptz, remote_updated_at timestamptz, remote_data jsonb)`,
  `create table ats_application_stages (${frame},
    name text, global_index integer, remote_data jsonb, interview_item_ids jsonb not null)`,
  `create table ats_applications (${frame},
    outcome text, rejection_reason_name text, rejected_at timestamptz, current_stage_id text, job_id text,
    candidate_id text, custom_fields jsonb, integration_fields jsonb,
    remote_created_at timestamptz, remote_updated_at timestamptz, remote_data jsonb)`,
  `create table ats_interviews (${frame},
    title text, starting_at timestamptz, ending_at timestamptz, video_conferencing_url text, application_id text,
    stage_id text, canceled boolean, remote_created_at timestamptz, remote_updated_at timestamptz,
    remote_data jsonb, interview_item_id text)`,
  `create table ats_join_jobs_application_stages (${frame},
    index integer, job_id text not null, stage_id text not null)`,
  `create table ats_join_jobs_users (${frame},
    roles jsonb not null, job_id text not null, user_id text not null)`,
  `create table ats_join_interviews_users (${frame},
    interview_id text not null, user_id text not null)`,
  ...[
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
  ].map((table) => `create index ${table}_in_order on ${table} (integration_id, number)`),
  `create index ats_job_postings_by_job on ats_job_postings (job_id)`,
  `create index ats_applications_by_candidate on ats_applications (candidate_id)`,
  `create index ats_applications_by_job on ats_applications (job_id)`,
  `create index ats_interviews_by_application on ats_interviews (application_id)`,
  `create index ats_join_jobs_application_stages_by_job on ats_join_jobs_application_stages (job_id)`,
  `create index ats_join_jobs_application_stages_by_stage on ats_join_jobs_application_stages (stage_id)`,
  `create index ats_join_jobs_users_by_job on ats_join_jobs_users (job_id)`,
  `create index ats_join_interviews_users_by_interview on ats_join_interviews_users (interview_id)`,
  // An instant as the unified API writes it (kombo-unified-api §1.6).
  `create function instant(moment timestamptz) returns text language sql immutable strict as
    $$ select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$`,
];
