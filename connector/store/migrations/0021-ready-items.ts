import { sql, type Kysely } from 'kysely';

/**
 * What lists show is kept as text, and is thrown away when something in it changes
 * (`contracts/decisions/0013-items-are-kept-ready.md`). Whoever changes what an item is made of otherwise than by rows, such as
 * the function `instant`, empties `ready_items`.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

/** The lists whose items are kept ready and show something of a model's rows. */
const shownBy = {
  ats_users: ['ats_interviews'],
  ats_jobs: ['ats_candidates', 'ats_applications', 'ats_interviews'],
  ats_candidates: ['ats_candidates', 'ats_applications', 'ats_interviews'],
  ats_application_stages: ['ats_candidates', 'ats_applications'],
  ats_applications: ['ats_candidates', 'ats_applications', 'ats_interviews'],
  ats_interviews: ['ats_applications', 'ats_interviews'],
  ats_join_jobs_application_stages: ['ats_candidates', 'ats_applications'],
  ats_join_interviews_users: ['ats_interviews'],
};

const statements = [
  // Both can be made anew, so that writing them need not wait for the disk. Neither refers to its integration: looking it up
  // for each item costs more than the item.
  `create unlogged table ready_items (
    integration_id text not null,
    model text not null,
    id text not null,
    shape text not null,
    json text not null,
    primary key (integration_id, model, id)
  )`,
  // Since when rows have changed that the ready items of a list do not show yet. A row for each statement that changed some: who
  // writes waits for nobody, and who reads takes no note away that it does not see.
  `create unlogged table unshown_changes (integration_id text not null, model text not null, since timestamptz not null)`,
  `create index unshown_changes_by_list on unshown_changes (integration_id, model)`,
  `create function note_unshown() returns trigger language plpgsql as $$ begin
    insert into unshown_changes (integration_id, model, since)
    select written.integration_id, list, min(written.changed_at) from written, unnest(tg_argv) as list group by 1, 2;
    return null;
  end $$`,
  ...Object.entries(shownBy).flatMap(([model, lists]) =>
    ['insert', 'update'].map(
      (
        event,
      ) => `create trigger note_unshown_${event} after ${event} on ${model} referencing new table as written
        for each statement execute function note_unshown(${lists.map((list) => `'${list}'`).join(', ')})`,
    ),
  ),
  `create function forget_ready_items() returns trigger language plpgsql as $$ begin
    delete from ready_items where integration_id = old.id;
    delete from unshown_changes where integration_id = old.id;
    return null;
  end $$`,
  `create trigger forget_ready_items after delete on integrations for each row execute function forget_ready_items()`,
];
