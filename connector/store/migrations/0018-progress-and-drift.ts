import { sql, type Kysely } from 'kysely';

/** What became of each list of a sync, and how records departed from Gem's description in each sync. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // By list: whether it was read to its end, and what was wrong. Null of a sync that has not ended.
  `alter table syncs add column lists jsonb`,
  // A null where none is described departs too.
  `alter table schema_drift drop constraint schema_drift_kind_check`,
  `alter table schema_drift add constraint schema_drift_kind_check check (kind in
    ('missing-needed', 'other-form', 'unknown-word', 'bad-time', 'unknown-field', 'unexpected-null'))`,
  // Whether webhooks were told of it; what is there already is no news.
  `alter table schema_drift add column is_told boolean not null default true`,
  `alter table schema_drift alter column is_told set default false`,
  `create table sync_drift (
    sync_id text not null references syncs (id) on delete cascade,
    listing text not null,
    path text not null,
    kind text not null,
    count bigint not null,
    primary key (sync_id, listing, path, kind)
  )`,
];
