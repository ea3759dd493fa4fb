import { sql, type Kysely } from 'kysely';

/** How webhooks fare: whether events arrive, whether one is switched off, and the secret before, while it is still valid. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // `previous_secret` is sealed. Without a time, it is valid as long as it is given at each start.
  `alter table webhooks
    add column previous_secret text,
    add column previous_secret_until timestamptz,
    add column failing_since timestamptz,
    add column problem text,
    add column switched_off_at timestamptz`,
  // The tries before it was recovered: it is tried as often as a new one.
  `alter table webhook_deliveries add column earlier_tries integer not null default 0`,
];
