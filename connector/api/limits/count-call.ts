import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../../store/schema.ts';

/** How a key's calls stand, with the one that was just counted. */
export interface CountedCalls {
  /** In the window so far. */
  calls: number;
  /** Milliseconds until the window ends. */
  left: number;
}

/**
 * Counts a call of an API key. The count is in the database, so that all processes share it; a window begins with the
 * first call after the end of the last one.
 *
 * @param now milliseconds since 1970
 * @param length of a window, in milliseconds
 */
export async function countCall(
  database: Database,
  { apiKey, now, length }: { apiKey: string; now: number; length: number },
): Promise<CountedCalls> {
  const hash = createHash('sha256').update(apiKey).digest('hex');
  const { rows } = await sql<CountedCalls>`
    insert into call_windows as present (api_key_hash, ends_at, calls)
    values (${hash}, ${now}::bigint + ${length}::bigint, 1)
    on conflict (api_key_hash) do update set
      calls = case when present.ends_at <= ${now}::bigint then 1 else present.calls + 1 end,
      ends_at = case when present.ends_at <= ${now}::bigint then excluded.ends_at else present.ends_at end
    returning calls, (ends_at - ${now}::bigint)::float8 as left
  `.execute(database);
  const [row] = rows;
  if (!row) throw new Error('the database counted no call');
  return row;
}
