import { sql } from 'kysely';
import type { ModelName, Row } from '../../models/model.ts';
import { toJson } from '../json.ts';
import type { Database } from '../schema.ts';

/**
 * Gives rows of which cannot be told whether Gem has deleted them the deletion that is stored; new ones are not deleted.
 *
 * @param undecided the ids of those rows; others stay as they are
 */
export async function keepDeletions(
  database: Database,
  { model, rows, undecided }: { model: ModelName; rows: readonly Row[]; undecided: ReadonlySet<string> },
): Promise<readonly Row[]> {
  const ids = rows.filter(({ id }) => undecided.has(id)).map(({ id }) => id);
  if (ids.length === 0) return rows;
  const { rows: stored } = await sql<{ id: string; at: string }>`
    select id, instant(remote_deleted_at) as at from ${sql.table(model)}
    where id in (select json_array_elements_text(${toJson(ids)}::json)) and remote_deleted_at is not null
  `.execute(database);
  const deletions = new Map(stored.map(({ id, at }) => [id, at]));
  return rows.map((row) => ({ ...row, remote_deleted_at: deletions.get(row.id) ?? row.remote_deleted_at }));
}
