import { sql } from 'kysely';
import type { Columns, Model, Row } from '../../models/model.ts';
import { toJsonArrays } from '../json.ts';
import type { Database } from '../schema.ts';

/**
 * Inserts a model's rows or brings them up to date. `changed_at` moves only where a value of the row did; columns of
 * derivations are neither written nor compared. A row that was cleared stays so until its record is back.
 *
 * @param changedAt the instant to note as `changed_at`
 * @returns the ids of the rows that are new or changed
 */
export async function upsertRows(
  database: Database,
  {
    model,
    integrationId,
    rows,
    changedAt,
  }: { model: Model; integrationId: string; rows: readonly Row[]; changedAt: string },
): Promise<string[]> {
  // A list may show a record twice, and one statement must not meet a row twice; the later one is newer.
  // Sorted by id: writers who take the same rows in the same order cannot lock each other out.
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()].toSorted((one, other) =>
    one.id < other.id ? -1 : 1,
  );
  if (unique.length === 0) return [];
  const table = sql.table(model.name);
  const owned: Columns = { remote_deleted_at: 'timestamptz', ...model.columns };
  const names = sql.raw(Object.keys(owned).join(', '));
  const types = sql.raw(
    Object.entries(owned)
      .map(([name, type]) => `${name} ${type}`)
      .join(', '),
  );
  const assignments = sql.raw(
    Object.keys(owned)
      .map((name) => `${name} = excluded.${name}`)
      .join(', '),
  );
  const before = sql.raw(
    Object.keys(owned)
      .map((name) => `present.${name}`)
      .join(', '),
  );
  const after = sql.raw(
    Object.keys(owned)
      .map((name) => `excluded.${name}`)
      .join(', '),
  );
  const changed: string[] = [];
  for (const given of toJsonArrays(unique)) {
    const { rows: written } = await sql<{ id: string }>`
    insert into ${table} as present (id, integration_id, remote_id, changed_at, ${names})
    select id, ${integrationId}, remote_id, ${changedAt}::timestamptz, ${names}
    from json_to_recordset(${given}::json) as given (id text, remote_id text, ${types})
    order by id collate "C"
    on conflict (id) do update set changed_at = excluded.changed_at, is_cleared = false, ${assignments}
    where (${before}) is distinct from (${after})
      and not (present.is_cleared and excluded.remote_deleted_at is not null)
    returning id
  `.execute(database);
    changed.push(...written.map(({ id }) => id));
  }
  return changed;
}
