import { sql } from 'kysely';
import { pagesOf } from '../../../connector/gem/pages.ts';
import type { GemClient } from '../../../connector/gem/client.ts';
import { listings } from '../../../connector/models/listings.ts';
import type { Database } from '../../../connector/store/schema.ts';
import { toJson } from '../../../connector/store/storable.ts';

/**
 * The least that any sync has to do: fetch the same pages by the same client, and insert their raw JSON in the same
 * batches into one table, which has no key and no index.
 *
 * @returns how many records were inserted
 */
export async function floor(database: Database, gem: GemClient): Promise<number> {
  await sql`create table bench_floor (listing text not null, record jsonb not null)`.execute(database);
  let inserted = 0;
  for (const { operation, query, canShrink } of listings) {
    for await (const { records } of pagesOf(gem, operation, query, { canShrink })) {
      await sql`
        insert into bench_floor (listing, record)
        select ${operation}, value from json_array_elements(${toJson(records)}::json)
      `.execute(database);
      inserted += records.length;
    }
  }
  return inserted;
}
