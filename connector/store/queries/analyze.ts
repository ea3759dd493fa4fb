import { sql } from 'kysely';
import { models } from '../../models/index.ts';
import type { Model } from '../../models/model.ts';
import type { Database } from '../schema.ts';

/**
 * Counts anew what the tables of the models hold. The embedded PostgreSQL does not do so by itself, and without it the
 * statements over whole tables are planned for empty ones, which takes minutes in place of a moment. A table that has hardly
 * grown since it was counted is left as it is, unless the integration is new in it: of a new one nothing is known.
 *
 * One process counts at a time. Another that comes meanwhile waits for that and counts nothing: what it has written is in.
 */
export async function analyze(database: Database, { isNew }: { isNew: boolean }): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { rows: taken } = await sql<{ isTaken: boolean }>`
      select pg_try_advisory_xact_lock(${countingKey}) as "isTaken"
    `.execute(transaction);
    if (!taken[0]?.isTaken) {
      await sql`select pg_advisory_xact_lock_shared(${countingKey})`.execute(transaction);
      return;
    }
    const { rows: grown } = await sql<{ name: string }>`
      select relname as name from pg_class
      where oid = any(${models.map(({ name }) => name)}::text[]::regclass[])
        and (${isNew}::boolean or pg_relation_size(oid) > 1.1 * relpages * current_setting('block_size')::integer)
    `.execute(transaction);
    const counted = models
      .filter(({ name }) => grown.some((table) => table.name === name))
      .map((model) => sql`${sql.table(model.name)} (${sql.raw(comparable(model).join(', '))})`);
    // What syncs have met goes with them: nothing that was counted before holds of it.
    await sql`analyze ${sql.join([sql`sync_sightings`, ...counted])}`.execute(transaction);
  });
}

const countingKey = sql<bigint>`hashtextextended('counting of the tables', 0)`;

/**
 * The columns that statements over whole tables are about: whose rows they are, what they refer to, and what became of them.
 * No plan depends on what texts and JSON hold, and looking through them takes most of the time.
 */
function comparable({ columns, derivedColumns }: Model): string[] {
  const references = Object.keys({ ...columns, ...derivedColumns }).filter((name) => name.endsWith('_id'));
  return ['integration_id', 'number', 'changed_at', 'remote_deleted_at', ...references];
}
