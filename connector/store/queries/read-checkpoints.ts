import { sql } from 'kysely';
import type { ListingName } from '../../models/listings.ts';
import type { Database } from '../schema.ts';

/** Where the reading of one list stands. Pages count from 1. */
export interface Checkpoint {
  listing: ListingName;
  nextPage: number;
  isFinished: boolean;
}

/** The checkpoints of a sync; a list that was not begun has none. */
export async function readCheckpoints(database: Database, syncId: string): Promise<Checkpoint[]> {
  const { rows } = await sql<Checkpoint>`
    select listing, next_page as "nextPage", is_finished as "isFinished"
    from sync_checkpoints where sync_id = ${syncId}
  `.execute(database);
  return rows;
}
