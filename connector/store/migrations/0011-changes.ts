import { sql, type Kysely } from 'kysely';

/**
 * What it takes to show every change to those who ask with `updated_after`: which version of a record is the newer one,
 * which entries a record lost, and when lists were asked for (kombo-unified-api §5.2;
 * `contracts/decisions/0011-updated-after-loses-nothing.md`).
 */
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

/** Which column of a model names the record that shows its rows in a nested list. */
const parents = {
  ats_job_postings: 'job_id',
  ats_applications: 'candidate_id',
  ats_interviews: 'application_id',
};

/** The models that nested lists show by way of a row that joins two records. */
const joined = ['ats_users', 'ats_application_stages'];

const statements = [
  // Readings of Gem are numbered as they begin. A row has the number of the reading that brought its version.
  `create sequence reading_numbers`,
  ...models.map((model) => `alter table ${model} add column reading bigint not null default 0`),
  // What a full sync has not met is gone, unless it was brought by a reading that began after the sync did.
  `alter table syncs add column reading bigint not null default nextval('reading_numbers')`,

  // When an integration's lists were last asked for: what changes later is stamped no earlier, even if the clock is set
  // back. It may be lost in a crash, so writing it need not wait for the disk.
  `create unlogged table list_calls (
    integration_id text primary key references integrations (id) on delete cascade,
    at timestamptz not null
  )`,

  // What nested lists lost or got without the row of an entry telling so. `model` is what the entry is of, `parent_id` the
  // record that it has left; where the entry itself came or went, for whoever lists it, both ids are its own. Who writes
  // here holds the entry's row, so no two wait for each other.
  `create table entry_changes (
    integration_id text not null references integrations (id) on delete cascade,
    model text not null,
    parent_id text not null,
    entry_id text not null,
    changed_at timestamptz not null,
    primary key (model, parent_id, entry_id)
  )`,
  `create index entry_changes_by_time on entry_changes (integration_id, model, changed_at)`,
  `create procedure note_entry_change(integration text, model text, parent text, entry text, at timestamptz) language sql as $$
    insert into entry_changes as present (integration_id, model, parent_id, entry_id, changed_at)
    values (integration, model, parent, entry, at)
    on conflict (model, parent_id, entry_id) do update
      set changed_at = greatest(present.changed_at, excluded.changed_at)
  $$`,

  // A row that goes to another record, or loses what it belonged to when it is cleared, leaves the one that it was shown
  // in. A row that is cleared was removed earlier.
  ...Object.entries(parents).flatMap(([model, parent]) => [
    `create function note_leaving_of_${model}() returns trigger language plpgsql as $$ begin
      call note_entry_change(old.integration_id, '${model}', old.${parent}, old.id,
        case when new.is_cleared and not old.is_cleared then old.changed_at else new.changed_at end);
      return null;
    end $$`,
    `create trigger note_leaving after update on ${model} for each row
      when (old.${parent} is not null and old.${parent} is distinct from new.${parent})
      execute function note_leaving_of_${model}()`,
  ]),

  // Nested lists leave out users and stages that are not there. When one goes or comes, the rows that join it do not change.
  `create index ats_join_jobs_users_by_user on ats_join_jobs_users (user_id)`,
  `create index ats_join_interviews_users_by_user on ats_join_interviews_users (user_id)`,
  `create function note_presence() returns trigger language plpgsql as $$ begin
    call note_entry_change(new.integration_id, tg_table_name, new.id, new.id, new.changed_at);
    return null;
  end $$`,
  ...joined.flatMap((model) => [
    `create trigger note_coming after insert on ${model} for each row execute function note_presence()`,
    `create trigger note_coming_or_going after update on ${model} for each row
      when ((old.remote_deleted_at is null) is distinct from (new.remote_deleted_at is null))
      execute function note_presence()`,
  ]),
];
