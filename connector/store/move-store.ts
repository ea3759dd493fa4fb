import { sql } from 'kysely';
import { insertRows, listTables, readRows } from './copy-tables.ts';
import type { Store } from './open-store.ts';
import { reseal } from './reseal.ts';

/** The store that was to take the data has some of its own. */
export class HasData extends Error {
  override readonly name = 'HasData';
  constructor() {
    super('the database has data already, and nothing was moved there; take an empty one');
  }
}

/**
 * Copies everything from one store to another, which must be empty, in one transaction: it is there as a whole or not at all. What
 * is sealed is sealed with the key of the other store then. Jobs are no part of it: the next process finds what is to be done.
 *
 * @returns how many rows there were
 * @throws HasData
 */
export async function moveStore(from: Store, to: Store): Promise<number> {
  return to.database.transaction().execute(async (transaction) => {
    const { rows } = await sql`select from environments limit 1`.execute(transaction);
    if (rows.length > 0) throw new HasData();
    let count = 0;
    for (const table of await listTables(from.database)) {
      // What a trigger has written about rows that came before stands in the table itself.
      await sql`delete from ${sql.table(table.name)}`.execute(transaction);
      for await (const page of readRows(from.database, table)) {
        await insertRows(transaction, table, page, { numbersToo: true });
        count += page.length;
      }
    }
    const { rows: sequences } = await sql<{ name: string; last: string }>`
      select sequencename as name, last_value::text as last from pg_sequences
      where schemaname = 'public' and last_value is not null
    `.execute(from.database);
    for (const { name, last } of sequences)
      await sql`select setval(${name}, ${last}::bigint)`.execute(transaction);
    const vault = { ...to.vault, open: (text: string) => from.vault.open(text) };
    await reseal({ database: transaction, vault });
    return count;
  });
}
