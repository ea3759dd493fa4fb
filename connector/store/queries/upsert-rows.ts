import { sql, type RawBuilder } from 'kysely';
import type { Columns, Model, Row } from '../../models/model.ts';
import { toJson, toJsonArrays } from '../json.ts';
import type { Database } from '../schema.ts';

/** How the versions that are to be written came. */
export interface Brought {
  /** The number of the reading that brought them. */
  reading: number;
  /**
   * Whether that number was given before Gem was asked. If it was not, as with what comes in answer to a write, nothing
   * but Gem's own times tells which version is the newer one.
   */
  isNumberedBefore: boolean;
}

/**
 * Inserts a model's rows or brings them up to date. `changed_at` moves only where a value of the row did; columns of
 * derivations are neither written nor compared. A row that was cleared stays so until its record is back.
 *
 * A newer version is never replaced by an older one. What was stored before the reading began is older. What was stored
 * since may be newer: it is kept, unless Gem's own time of the other is later. The next reading decides anew, so that times
 * which go backwards, or are none, keep nothing old for ever.
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
    brought,
  }: { model: Model; integrationId: string; rows: readonly Row[]; changedAt: string; brought: Brought },
): Promise<string[]> {
  // A list may show a record twice, and one statement must not meet a row twice; the later one is newer.
  // Sorted by id: writers who take the same rows in the same order cannot lock each other out.
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()].toSorted((one, other) =>
    one.id < other.id ? -1 : 1,
  );
  if (unique.length === 0) return [];
  const table = sql.table(model.name);
  const owned: Columns = { remote_deleted_at: 'timestamptz', ...model.columns };
  const columns = (write: (name: string, type: string) => string) =>
    sql.raw(
      Object.entries(owned)
        .map(([name, type]) => write(name, type))
        .join(', '),
    );
  const names = columns((name) => name);
  const differs = sql`(${columns((name) => `present.${name}`)}) is distinct from (${columns((name) => `excluded.${name}`)})`;
  const changed: string[] = [];
  for (const given of toJsonArrays(unique)) {
    // What came in answer to a write is noted even if it changes nothing: a page that was asked for before must not pass
    // for newer.
    const { rows: written } = await sql<{ id: string; isChanged: boolean }>`
      insert into ${table} as present (id, integration_id, remote_id, changed_at, reading, ${names})
      select id, ${integrationId}, remote_id, ${changedAt}::timestamptz, ${brought.reading}::bigint, ${names}
      from json_to_recordset(${given}::json) as given (id text, remote_id text, ${columns((name, type) => `${name} ${type}`)})
      order by id collate "C"
      on conflict (id) do update set
        changed_at = case when ${differs} then excluded.changed_at else present.changed_at end,
        reading = excluded.reading, is_cleared = false, ${columns((name) => `${name} = excluded.${name}`)}
      where (${differs} or ${!brought.isNumberedBefore}::boolean)
        and not (present.is_cleared and excluded.remote_deleted_at is not null)
        and ${isNewer(model, brought)}
      returning id, changed_at = ${changedAt}::timestamptz as "isChanged"
    `.execute(database);
    changed.push(...written.filter(({ isChanged }) => isChanged).map(({ id }) => id));
  }
  return changed;
}

/**
 * Tells which of the records a write has left as they were, because a newer version is stored. The write holds their rows,
 * so that this stays so until its transaction ends.
 */
export async function keptRecords(
  database: Database,
  { model, ids, brought }: { model: Model; ids: readonly string[]; brought: Brought },
): Promise<string[]> {
  const isKept = sql.raw(brought.isNumberedBefore ? '>' : '<>');
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(model.name)}
    where id in (select json_array_elements_text(${toJson(ids)}::json))
      and reading ${isKept} ${brought.reading}::bigint
  `.execute(database);
  return rows.map(({ id }) => id);
}

function isNewer({ columns, owner }: Model, { isNumberedBefore }: Brought): RawBuilder<boolean> {
  // Parts go with their record, which was decided on before.
  if (owner !== undefined) return sql`true`;
  const hasTime = 'remote_updated_at' in columns;
  if (isNumberedBefore) {
    const isLater = hasTime
      ? sql`coalesce(excluded.remote_updated_at > present.remote_updated_at, false)`
      : sql`false`;
    return sql`(present.reading <= excluded.reading or ${isLater})`;
  }
  return hasTime ? sql`coalesce(excluded.remote_updated_at >= present.remote_updated_at, true)` : sql`true`;
}
