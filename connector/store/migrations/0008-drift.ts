import { sql, type Kysely } from 'kysely';

/** Where Gem's records depart from its description, and ids of Gem that are longer than an entry of an index. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // One row for each way of departing; it names fields and holds none of their values.
  `create table schema_drift (
    integration_id text not null references integrations (id) on delete cascade,
    listing text not null,
    path text not null,
    kind text not null check (kind in
      ('missing-needed', 'other-form', 'unknown-word', 'bad-time', 'unknown-field')),
    count bigint not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    primary key (integration_id, listing, path, kind)
  )`,
  `alter table created_applications drop constraint created_applications_pkey`,
  `create unique index created_applications_once
    on created_applications (integration_id, md5(application_remote_id))`,
];
