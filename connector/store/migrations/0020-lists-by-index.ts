import { sql, type Kysely } from 'kysely';

/** What makes lists cost what they show, and not what the account has. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // `to_char` is not immutable. A function that says it is cannot be put in place of its call, and a call costs more than the rest.
  `alter function instant(timestamptz) stable`,

  // Polls ask for what has changed. The other models have few rows for each integration.
  ...['ats_candidates', 'ats_applications', 'ats_interviews', 'ats_join_interviews_users'].map(
    (model) => `create index ${model}_by_change on ${model} (integration_id, changed_at)`,
  ),

  // People are looked up by their address and name, upper and lower case being the same.
  `create function lower_addresses(addresses jsonb) returns text[] language sql immutable as
    $$ select array_agg(lower(address.value #>> '{}')) from jsonb_path_query(addresses, '$[*].email_address') as address (value) $$`,
  `create index ats_candidates_by_address on ats_candidates using gin (lower_addresses(email_addresses))`,
  ...['first_name', 'last_name'].map(
    (name) => `create index ats_candidates_by_${name} on ats_candidates (integration_id, lower(${name}))`,
  ),

  `create index ats_applications_by_stage on ats_applications (current_stage_id)`,
  `create index ats_applications_by_outcome on ats_applications (integration_id, outcome, number)`,
  `create index ats_applications_by_creation on ats_applications (integration_id, remote_created_at)`,
];
