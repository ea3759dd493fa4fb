import { sql, type Kysely } from 'kysely';

/** What webhooks need: where events are sent, the events themselves, and what came of sending them. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // Where callers reach the connector, for links in events; workers listen nowhere and could not know.
  `alter table environments add column public_url text`,
  // `is_setting`: given at the start of the connector, and gone when it is no longer given. The secret is sealed.
  `create table webhooks (
    id text primary key,
    environment_id text not null references environments (id) on delete cascade,
    url text not null,
    secret text not null,
    event_types jsonb not null,
    is_setting boolean not null,
    created_at timestamptz not null,
    unique (environment_id, url)
  )`,
  `create sequence webhook_event_numbers`,
  // The outbox: written in the transaction of what an event tells of. `body` is what is sent, byte for byte. The
  // integration is not referenced: that it was deleted has to be told still when it is removed.
  `create table webhook_events (
    id text primary key,
    environment_id text not null references environments (id) on delete cascade,
    integration_id text,
    type text not null,
    body text not null,
    created_at timestamptz not null
  )`,
  // `channel`: what is told in order, an integration or else the environment. `number`: the order.
  `create table webhook_deliveries (
    number bigint not null,
    event_id text not null references webhook_events (id) on delete cascade,
    webhook_id text not null references webhooks (id) on delete cascade,
    channel text not null,
    state text not null check (state in ('PENDING', 'DELIVERED', 'FAILED')),
    next_try_at timestamptz,
    primary key (event_id, webhook_id)
  )`,
  `create index webhook_deliveries_in_order on webhook_deliveries (webhook_id, channel, number)
    where state = 'PENDING'`,
  `create table webhook_tries (
    event_id text not null,
    webhook_id text not null,
    number integer not null,
    at timestamptz not null,
    status integer,
    milliseconds integer not null,
    problem text,
    answer text,
    primary key (event_id, webhook_id, number),
    foreign key (event_id, webhook_id) references webhook_deliveries (event_id, webhook_id) on delete cascade
  )`,
  // The models that a sync has changed so far, by whichever process; written with the rows.
  `create table sync_changes (
    sync_id text not null references syncs (id) on delete cascade,
    model text not null,
    primary key (sync_id, model)
  )`,
];
