import { type RawBuilder, sql } from 'kysely';
import { models } from '../../models/index.ts';
import type { Columns, Model, ModelName, Row } from '../../models/model.ts';
import { toJson, toJsonArrays, within } from '../storable.ts';
import type { Database } from '../schema.ts';

/**
 * Numbers a reading of Gem. It is done before Gem is asked, so that what was stored under a higher number may be newer
 * than what the reading brings. The numbers are the database's: no clock has to be right.
 */
export async function beginReading(database: Database): Promise<number> {
  const { rows } = await sql<{ number: number }>`select nextval('reading_numbers') as number`.execute(
    database,
  );
  const [row] = rows;
  if (!row) throw new Error('the database gave no number');
  return row.number;
}

/**
 * Locks rows of a model to the end of the transaction, in the order of their ids, as every writer does. Statements after this
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

/** How the versions that are to be written came. */
export interface Origin {
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
 * since may be newer: it stays, unless Gem's own time of the other is later. The next reading decides anew, so that times
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
    origin,
  }: { model: Model; integrationId: string; rows: readonly Row[]; changedAt: string; origin: Origin },
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
      select id, ${integrationId}, remote_id, ${changedAt}::timestamptz, ${origin.reading}::bigint, ${names}
      from json_to_recordset(${given}::json) as given (id text, remote_id text, ${columns((name, type) => `${name} ${type}`)})
      order by id collate "C"
      on conflict (id) do update set
        changed_at = case when ${differs} then excluded.changed_at else present.changed_at end,
        reading = excluded.reading, is_cleared = false, ${columns((name) => `${name} = excluded.${name}`)}
      where (${differs} or ${!origin.isNumberedBefore}::boolean)
        and not (present.is_cleared and excluded.remote_deleted_at is not null)
        and ${isNewer(model, origin)}
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
export async function newerStoredRecords(
  database: Database,
  { model, ids, origin }: { model: Model; ids: readonly string[]; origin: Origin },
): Promise<string[]> {
  const isKept = sql.raw(origin.isNumberedBefore ? '>' : '<>');
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(model.name)}
    where id in (select json_array_elements_text(${toJson(ids)}::json))
      and reading ${isKept} ${origin.reading}::bigint
  `.execute(database);
  return rows.map(({ id }) => id);
}

/** Gem's id of an application that goes to another candidate, and of the candidate who has it now. */
export interface MovedApplication {
  id: string;
  from: string;
}

/** The stored applications that belong to another candidate by their new rows. */
export async function findMovedApplications(
  database: Database,
  applications: readonly Row[],
): Promise<MovedApplication[]> {
  const { rows } = await sql<MovedApplication>`
    select application.remote_id as id, candidate.remote_id as "from"
    from json_to_recordset(${toJson(applications)}::json) as came (id text, candidate_id text)
    join ats_applications as application on application.id = came.id
    join ats_candidates as candidate on candidate.id = application.candidate_id
    where application.candidate_id <> came.candidate_id
  `.execute(database);
  return rows;
}

function isNewer({ columns, owner }: Model, { isNumberedBefore }: Origin): RawBuilder<boolean> {
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

/**
 * Gives rows that Gem may or may not have deleted the deletion that is stored; new ones are not deleted.
 *
 * @param undecided the ids of those rows; others stay as they are
 */
export async function withStoredDeletions(
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

/**
 * Marks the rows deleted that belonged to a record and are no longer part of it, such as a person who has left a
 * hiring team.
 *
 * @param column the column that names the owner
 * @param owners ids of the records that were read
 * @param present ids of the rows that they still have
 * @returns the ids of the rows that are gone
 */
export async function markMissingOfOwner(
  database: Database,
  {
    model,
    column,
    owners,
    present,
    at,
  }: { model: ModelName; column: string; owners: readonly string[]; present: readonly string[]; at: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with missing as materialized (
      select id from ${sql.table(model)}
      where ${sql.ref(column)} in (select json_array_elements_text(${toJson(owners)}::json))
        and remote_deleted_at is null
        and id not in (select json_array_elements_text(${toJson(present)}::json))
      order by id collate "C"
      for update
    )
    update ${sql.table(model)} as present
    set remote_deleted_at = ${at}::timestamptz, changed_at = ${at}::timestamptz
    from missing where present.id = missing.id
    returning present.id
  `.execute(database);
  return rows.map(({ id }) => id);
}

/** Notes that a full sync has met these rows of a model. */
export async function addSightings(
  database: Database,
  { syncId, model, ids }: { syncId: string; model: ModelName; ids: readonly string[] },
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into sync_sightings (sync_id, model, id)
    select ${syncId}, ${model}, id from json_array_elements_text(${toJson(ids)}::json) as given (id)
    on conflict do nothing
  `.execute(database);
}

/**
 * Notes that a full sync has met all rows that a model has of these records, because they exist at Gem but could not
 * be read.
 *
 * @param column the column that names the record: `id`, or the model's owner column
 */
export async function addSightingsOfRecords(
  database: Database,
  {
    syncId,
    model,
    column,
    ids,
  }: { syncId: string; model: ModelName; column: string; ids: readonly string[] },
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into sync_sightings (sync_id, model, id)
    select ${syncId}, ${model}, id from ${sql.table(model)}
    where ${sql.ref(column)} in (select json_array_elements_text(${toJson(ids)}::json))
    on conflict do nothing
  `.execute(database);
}

/**
 * Marks a model's rows deleted that a full sync has not met (kombo-unified-api §5.3). What was brought since it began was
 * met elsewhere, and is not gone.
 *
 * @returns how many
 */
export async function markGone(
  database: Database,
  {
    model,
    integrationId,
    syncId,
    at,
  }: { model: ModelName; integrationId: string; syncId: string; at: string },
): Promise<number> {
  // Locked in the order of their ids first, as others do. A row that changed meanwhile is looked at again, as it is by then.
  const { numAffectedRows } = await sql`
    with gone as materialized (
      select id from ${sql.table(model)} as present
      where integration_id = ${integrationId}
        and remote_deleted_at is null
        and reading <= (select reading from syncs where syncs.id = ${syncId})
        and not exists (
          select from sync_sightings as sighting
          where sighting.sync_id = ${syncId} and sighting.model = ${model} and sighting.id = present.id
        )
      order by id collate "C"
      for update
    )
    update ${sql.table(model)} as present
    set remote_deleted_at = ${at}::timestamptz, changed_at = ${at}::timestamptz
    from gone where present.id = gone.id
  `.execute(database);
  return Number(numAffectedRows ?? 0);
}

/** What a full sync has not met of a model. */
export interface MissingRows {
  /** Rows that are not known to be gone. */
  known: number;
  /** Those of them that were not met. */
  missing: number;
  /** Gem's ids of some of these, in no order that means anything. */
  remoteIds: string[];
}

/**
 * Counts the rows of a model that a full sync has not met, and names some.
 *
 * @param among Gem's ids of the records that count; undefined when all do
 * @param limit how many are named
 */
export async function readMissingRows(
  database: Database,
  {
    model,
    integrationId,
    syncId,
    among,
    limit,
  }: {
    model: ModelName;
    integrationId: string;
    syncId: string;
    among: readonly string[] | undefined;
    limit: number;
  },
): Promise<MissingRows> {
  const { rows } = await sql<MissingRows>`
    with present as (
      select id, remote_id,
        exists (
          select from sync_sightings as sighting
          where sighting.sync_id = ${syncId} and sighting.model = ${model} and sighting.id = present.id
        ) as is_met
      from ${sql.table(model)} as present
      where integration_id = ${integrationId} and remote_deleted_at is null
        and (${among === undefined}::boolean
          or remote_id in (select json_array_elements_text(${toJson(among ?? [])}::json)))
    )
    select count(*)::integer as known, count(*) filter (where not is_met)::integer as missing,
      array(select remote_id from present where not is_met order by id limit ${limit}::integer) as "remoteIds"
    from present
  `.execute(database);
  return rows[0] ?? { known: 0, missing: 0, remoteIds: [] };
}

/** How many rows of each model an integration has, without those that are gone. */
export async function countRows(database: Database, integrationId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of models) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from ${sql.table(name)}
      where integration_id = ${integrationId} and remote_deleted_at is null
    `.execute(database);
    counts[name] = rows[0]?.count ?? 0;
  }
  return counts;
}
