import { sql } from 'kysely';
import type { ListingName } from '../../models/listings.ts';
import { toJson } from '../json.ts';
import type { Database } from '../schema.ts';

/** How far the reading of one list has come. */
export interface ListingProgress {
  records: number;
  isFinished: boolean;
}

/** How far a sync has come, list by list; a list that was not begun is missing. */
export type Progress = Partial<Record<ListingName, ListingProgress>>;

/**
 * Notes how far a sync has come.
 *
 * @returns whether it may go on: its integration is neither switched off nor deleted
 */
export async function saveProgress(
  database: Database,
  { syncId, progress }: { syncId: string; progress: Progress },
): Promise<{ mayGoOn: boolean }> {
  const { rows } = await sql<{ may_go_on: boolean }>`
    update syncs set progress = progress || ${toJson(progress)}::jsonb
    from integrations as integration
    where syncs.id = ${syncId} and integration.id = syncs.integration_id
    returning integration.is_enabled and integration.deleted_at is null as may_go_on
  `.execute(database);
  return { mayGoOn: rows[0]?.may_go_on ?? false };
}

/** What {@link saveProgress} noted so far. */
export async function readProgress(database: Database, syncId: string): Promise<Progress> {
  const { rows } = await sql<{ progress: Progress }>`
    select progress from syncs where id = ${syncId}
  `.execute(database);
  return rows[0]?.progress ?? {};
}
