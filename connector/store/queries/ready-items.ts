// Items of lists as text, as they are sent: most reads of a list find what nobody has changed since the last one
// (contracts/decisions/0013-items-are-kept-ready.md).
import { sql, type RawBuilder } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import type { Database } from '../schema.ts';

/** A list of an integration whose items are kept. */
export interface KeptList {
  integrationId: string;
  model: ModelName;
  /** Tells how its items are made: what was made otherwise, by another version, is not shown. */
  shape: string;
}

/** A page of which nothing was made anew. */
export interface ReadyPage {
  /** How many rows there are, one more than the page may have included. */
  count: number;
  /** How many of them are ready. */
  ready: number;
  /** The number of the last row of the page. */
  last: string | null;
  /** The items that are ready, with commas between them. */
  json: string | null;
}

/**
 * Reads a page in one statement, as far as its items are ready.
 *
 * @param row what the fragments call the listed row
 * @param condition which rows there are
 * @param size how many the page may have
 */
export async function readReadyPage(
  database: Database,
  { integrationId, model, shape }: KeptList,
  { row, condition, size }: { row: string; condition: RawBuilder<unknown>; size: number },
): Promise<ReadyPage> {
  const number = sql.ref(`${row}.number`);
  const { rows } = await sql<ReadyPage>`
    select
      count(*)::integer as count,
      count(json)::integer as ready,
      (max(number) filter (where place <= ${size}::integer))::text as last,
      string_agg(json, ',' order by number) filter (where place <= ${size}::integer) as json
    from (
      select ${number}, row_number() over (order by ${number}) as place,
        case when not exists (
          select from unshown_changes where integration_id = ${integrationId}::text and model = ${model}::text
        ) then (
          select json from ready_items as ready
          where ready.integration_id = ${integrationId}::text and ready.model = ${model}::text
            and ready.id = ${sql.ref(`${row}.id`)} and ready.shape = ${shape}::text
        ) end as json
      from ${sql.table(model)} as ${sql.id(row)}
      where ${condition}
      order by ${number}
      limit ${size + 1}::integer
    ) as page
  `.execute(database);
  return rows[0] ?? { count: 0, ready: 0, last: null, json: null };
}

/**
 * Throws the items of a list away that do not show what has changed. Until the transaction ends nobody else does so, and
 * what it keeps then shows all changes but those that it has not seen, which are noted.
 *
 * @param changed the ids of the items that show something that has changed since a moment
 * @returns false when somebody else is at it, or the integration is being removed or cleared, and nothing may be kept
 */
export async function catchUp(
  transaction: Database,
  list: KeptList,
  changed: (since: RawBuilder<unknown>) => RawBuilder<unknown>,
): Promise<boolean> {
  const { integrationId, model } = list;
  if (!(await isAlone(transaction, list))) return false;
  // A note that is seen belongs to changes that are seen from here on.
  const { rows } = await sql<{ since: string | null }>`
    with taken as (
      delete from unshown_changes where integration_id = ${integrationId} and model = ${model} returning since
    )
    select min(since)::text as since from taken
    where exists (select from ready_items where integration_id = ${integrationId} and model = ${model})
  `.execute(transaction);
  const since = rows[0]?.since;
  if (since) {
    await sql`
      delete from ready_items
      where integration_id = ${integrationId} and model = ${model}
        and id in (${changed(sql`${since}::timestamptz`)})
    `.execute(transaction);
  }
  return true;
}

/**
 * Keeps the items of a page, but for very large ones.
 *
 * @param page selects rows with `number`, `id` and `json`
 * @returns selects the same
 */
export function keep(
  { integrationId, model, shape }: KeptList,
  page: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`
    with made as materialized (${page}),
    kept as (
      insert into ready_items (integration_id, model, id, shape, json)
      select ${integrationId}, ${model}, id, ${shape}, json from made where octet_length(json) <= ${largest}::integer
      on conflict (integration_id, model, id) do update set shape = excluded.shape, json = excluded.json
    )
    select * from made order by number::bigint`;
}

/** Bytes. A page of such items can be read at once. */
const largest = 65_536;

/** Throws all items of an integration away. Until the transaction ends none is kept; what is being kept now is waited for. */
export async function forgetItems(transaction: Database, integrationId: string): Promise<void> {
  await sql`select from integrations where id = ${integrationId} for update`.execute(transaction);
  await sql`delete from ready_items where integration_id = ${integrationId}`.execute(transaction);
}

/** Throws the items of lists away for which so much is noted that nobody can have read them for long. */
export async function forgetUnread(database: Database, most = 10_000): Promise<void> {
  const { rows } = await sql<Omit<KeptList, 'shape'>>`
    select integration_id as "integrationId", model from unshown_changes
    group by integration_id, model having count(*) > ${most}::integer
  `.execute(database);
  for (const list of rows) {
    await database.transaction().execute(async (transaction) => {
      if (!(await isAlone(transaction, list))) return;
      const isOfList = sql`integration_id = ${list.integrationId} and model = ${list.model}`;
      await sql`delete from ready_items where ${isOfList}`.execute(transaction);
      await sql`delete from unshown_changes where ${isOfList}`.execute(transaction);
    });
  }
}

/**
 * Whether nobody else keeps items of the list, from now to the end of the transaction. Who removes the integration, or throws its
 * items away, waits for that end, so that nothing stays behind.
 */
async function isAlone(
  transaction: Database,
  { integrationId, model }: Omit<KeptList, 'shape'>,
): Promise<boolean> {
  const { rows } = await sql<{ isAlone: boolean }>`
    with present as materialized (
      select from integrations where id = ${integrationId} for key share skip locked
    )
    select pg_try_advisory_xact_lock(hashtextextended(${`ready ${model} of ${integrationId}`}::text, 0)) as "isAlone"
    from present
  `.execute(transaction);
  return rows[0]?.isAlone === true;
}
