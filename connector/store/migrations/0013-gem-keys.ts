import { sql, type Kysely } from 'kysely';

/**
 * How the keys of Gem stand: what is used of their limits, and whether Gem is left alone because it is down. A key is told by a
 * keyed digest. All of it may be lost in a crash, so writing it need not wait for the disk.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table gem_keys (
      key_digest text primary key,
      spent_until float8 not null default 0,
      closed_until float8,
      failures integer not null default 0,
      probing_until float8
    )
  `.execute(database);
}
