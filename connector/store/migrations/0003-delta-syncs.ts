import { sql, type Kysely } from 'kysely';

/** What delta syncs need to know of the syncs before them, and what the created-only mode needs to know of writes. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // Whether only applications that were created through this connector are synced (kombo-unified-api §4.2).
  `alter table integrations add column is_created_only boolean not null default false`,
  `create table created_applications (
    integration_id text not null references integrations (id) on delete cascade,
    application_remote_id text not null,
    candidate_remote_id text not null,
    created_at timestamptz not null,
    primary key (integration_id, application_remote_id)
  )`,
  // `changes_since`: what the list is asked for, null for all of it. `answered_at`: Gem's clock when the reading began.
  // `total`: how long the list was. `digest`: what a lookup came to. `problem`: why the list was left out.
  `alter table sync_checkpoints
    add column changes_since timestamptz,
    add column answered_at timestamptz,
    add column total integer,
    add column digest text,
    add column problem text`,
  // How each list stood when it was last read well; written in the transaction that ends the sync. The moment is Gem's.
  `create table sync_watermarks (
    integration_id text not null references integrations (id) on delete cascade,
    listing text not null,
    answered_at timestamptz,
    digest text,
    is_created_only boolean not null,
    primary key (integration_id, listing)
  )`,
];
