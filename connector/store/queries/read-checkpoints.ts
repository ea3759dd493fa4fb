import { sql } from 'kysely';
import type { Shown } from '../../gem/shown.ts';
import type { ListingName } from '../../models/listings.ts';
import type { Lookup } from '../../models/lookups.ts';
import type { Database } from '../schema.ts';

/** A list that syncs read. */
export type ReadList = ListingName | Lookup['operation'];

/** Where the reading of one list stands. Pages count from 1; times are instants. */
export interface Checkpoint {
  listing: ReadList;
  nextPage: number;
  isFinished: boolean;
  /** What the list is asked for; null for all of it. */
  changesSince: string | null;
  /** Gem's clock when the reading began; null when Gem did not tell. */
  answeredAt: string | null;
  /** What the pages have shown; null before the first one. */
  shown: Shown | null;
  /** What a lookup came to. */
  digest: string | null;
  /** Why the list was left out; null when it was not. */
  problem: string | null;
}

/** Where a list stands that nothing was read of. */
export const unread = {
  nextPage: 1,
  isFinished: false,
  changesSince: null,
  answeredAt: null,
  shown: null,
  digest: null,
  problem: null,
} as const satisfies Omit<Checkpoint, 'listing'>;

/** The checkpoints of a sync; a list that was not begun has none. */
export async function readCheckpoints(database: Database, syncId: string): Promise<Checkpoint[]> {
  const { rows } = await sql<Checkpoint>`
    select listing, next_page as "nextPage", is_finished as "isFinished",
      instant(changes_since) as "changesSince", instant(answered_at) as "answeredAt", shown, digest, problem
    from sync_checkpoints where sync_id = ${syncId} order by listing
  `.execute(database);
  return rows;
}
