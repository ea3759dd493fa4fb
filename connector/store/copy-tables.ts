// How rows go from one store to another, whatever tables there are: as JSON that the database writes and reads itself, so that each
// digit of a number stays.
import { sql, type RawBuilder } from 'kysely';
import type { Database } from './schema.ts';

/** A table as the database knows it. */
export interface CopiedTable {
  name: string;
  /** All but those that the database numbers by itself, unless they are copied as well. */
  columns: string[];
  /** The column that gives the order of its rows, if any does. */
  identity: string | null;
}

/**
 * The tables of a store, each after those that it refers to. Those that may be lost in a crash are no part of it, nor is what
 * tells the key of a store. What triggers write comes last.
 */
export async function listTables(database: Database): Promise<CopiedTable[]> {
  const { rows } = await sql<CopiedTable & { after: string[] }>`
    select relation.relname as name,
      array(
        select attribute.attname::text from pg_attribute as attribute
        where attribute.attrelid = relation.oid and attribute.attnum > 0 and not attribute.attisdropped
          and attribute.attidentity = '' and attribute.attgenerated = ''
        order by attribute.attnum
      ) as columns,
      (
        select attribute.attname from pg_attribute as attribute
        where attribute.attrelid = relation.oid and attribute.attidentity <> '' limit 1
      ) as identity,
      array(
        select other.relname::text from pg_constraint as reference join pg_class as other on other.oid = reference.confrelid
        where reference.conrelid = relation.oid and reference.contype = 'f'
      ) as after
    from pg_class as relation join pg_namespace as space on space.oid = relation.relnamespace
    where space.nspname = 'public' and relation.relkind = 'r' and relation.relpersistence = 'p'
      and relation.relname not like 'kysely%' and relation.relname <> 'key_check'
    order by relation.relname = 'entry_changes', relation.relname
  `.execute(database);
  const sorted: (typeof rows)[number][] = [];
  const isReady = (name: string, self: string) =>
    name === self || !rows.some((row) => row.name === name) || sorted.some((row) => row.name === name);
  for (let waiting = [...rows]; waiting.length > 0;) {
    const next = waiting.find(({ name, after }) => after.every((other) => isReady(other, name)));
    if (!next) throw new Error('the tables refer to each other in a circle');
    sorted.push(next);
    waiting = waiting.filter((row) => row !== next);
  }
  return sorted.map(({ name, columns, identity }) => ({ name, columns, identity }));
}

/** Reads the rows of a table as JSON texts, a few at a time, in the order in which they came. */
export async function* readRows(
  database: Database,
  { name, identity }: CopiedTable,
  condition: RawBuilder<unknown> = sql`true`,
): AsyncGenerator<string[]> {
  const order = sql.ref(identity ?? 'ctid');
  const type = sql.raw(identity === null ? 'tid' : 'bigint');
  for (let last = identity === null ? '(0,0)' : '0'; ;) {
    const { rows } = await sql<{ place: string; json: string }>`
      select ${order}::text as place, row_to_json(present)::text as json from ${sql.table(name)} as present
      where ${condition} and ${order} > ${last}::${type} order by ${order} limit ${atOnce}::integer
    `.execute(database);
    const end = rows.at(-1);
    if (!end) return;
    yield rows.map(({ json }) => json);
    last = end.place;
  }
}

/** Rows. Some have megabytes. */
const atOnce = 100;

/**
 * Inserts rows that {@link readRows} gave.
 *
 * @param options.numbersToo whether they keep the numbers that the database gave them
 * @param options.values what stands in some columns in place of what the rows say
 */
export async function insertRows(
  database: Database,
  { name, columns, identity }: CopiedTable,
  rows: readonly string[],
  {
    numbersToo = false,
    values = {},
  }: { numbersToo?: boolean; values?: Readonly<Record<string, string | null>> } = {},
): Promise<void> {
  if (rows.length === 0) return;
  const all = numbersToo && identity !== null ? [...columns, identity] : columns;
  const sources = all.map((column) =>
    column in values ? sql`${values[column] ?? null}` : sql`given.${sql.ref(column)}`,
  );
  await sql`
    insert into ${sql.table(name)} (${sql.join(all.map((column) => sql.ref(column)))}) overriding system value
    select ${sql.join(sources)} from json_populate_recordset(null::${sql.table(name)}, ${`[${rows.join(',')}]`}::json) as given
  `.execute(database);
}
