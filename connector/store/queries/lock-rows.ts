import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import type { Database } from '../schema.ts';
import { within } from '../within.ts';

/**
 * Locks rows of a model to the end of the transaction, in the order of their ids, as everybody does. Statements after this
 * one see what those have written who held the rows before.
 */
export async function lockRows(
  database: Database,
  { model, ids }: { model: ModelName; ids: readonly string[] },
): Promise<void> {
  await sql`
    select from ${sql.table(model)} where ${within('id', ids)} order by id collate "C" for no key update
  `.execute(database);
}
