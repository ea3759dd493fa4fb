import { sql, type Kysely } from 'kysely';

/** What writes to Gem need so that none is lost with its process, and none happens twice. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // Applications that are being created: written before Gem is, gone when nothing is left to do. `target`: a digest of who
  // applies to what. `turn`: a digest of the person, of whom one is created at a time. `call`: a digest of all that was asked for. `asked`: that itself, sealed. What Gem made of it is null
  // as long as nobody knows whether it made anything. `is_told`: a caller has its result.
  `create table pending_creations (
    integration_id text not null references integrations (id) on delete cascade,
    target text not null,
    turn text not null,
    call text not null,
    asked text not null,
    created jsonb,
    warnings jsonb not null default '[]',
    is_told boolean not null default false,
    begun_at timestamptz not null,
    next_try_at timestamptz not null,
    primary key (integration_id, target)
  )`,
  // Their files. `filename`, `content`: sealed; the latter null once Gem has it or refused it. `uploaded_as`: its id at Gem.
  `create table pending_files (
    integration_id text not null,
    target text not null,
    position integer not null,
    filename text not null,
    content_type text not null,
    content text,
    uploaded_as text,
    primary key (integration_id, target, position),
    foreign key (integration_id, target) references pending_creations (integration_id, target) on delete cascade
  )`,
  // What was written lately, so that a call which waited for the same one has its result. `is_uncollected`: no caller has
  // been told the result.
  `create sequence recent_write_numbers`,
  `create table recent_writes (
    integration_id text not null references integrations (id) on delete cascade,
    target text not null,
    number bigint not null,
    result jsonb not null,
    is_uncollected boolean not null,
    written_at timestamptz not null,
    primary key (integration_id, target)
  )`,
  `create index recent_writes_by_number on recent_writes (integration_id, number)`,
];
