import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { ReadList } from './read-checkpoints.ts';

/** How a list stood when a sync last read it well. */
export interface Watermark {
  listing: ReadList;
  /** Gem's clock when that reading began: what changed since then is still to be read. Null for a lookup. */
  answeredAt: string | null;
  /** What a lookup came to. */
  digest: string | null;
}

/** The watermarks of an integration. Those of the other mode are none: that sync left out, or took in, too much. */
export async function readWatermarks(
  database: Database,
  { id, isCreatedOnly }: { id: string; isCreatedOnly: boolean },
): Promise<Watermark[]> {
  const { rows } = await sql<Watermark>`
    select listing, instant(answered_at) as "answeredAt", digest
    from sync_watermarks where integration_id = ${id} and is_created_only = ${isCreatedOnly}::boolean
  `.execute(database);
  return rows;
}
