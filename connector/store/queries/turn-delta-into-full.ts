import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import { endSync } from './end-sync.ts';
import { findRunningSync } from './find-sync.ts';

/**
 * Lets a full sync take the place of an integration's delta sync. One that waits becomes the full sync, unless there is
 * one already; one that was killed is over.
 */
export async function turnDeltaIntoFull(
  database: Database,
  { integrationId, at }: { integrationId: string; at: string },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const running = await findRunningSync(transaction, integrationId, 'DELTA');
    if (running) {
      const problem = 'a full sync takes its place';
      await endSync(transaction, { id: running.id, state: 'CANCELLED', endedAt: at, problem });
    }
    await sql`
      update syncs set type = 'FULL'
      where integration_id = ${integrationId} and type = 'DELTA' and state = 'QUEUED'
        and not exists (
          select from syncs as other
          where other.integration_id = ${integrationId} and other.type = 'FULL'
            and other.state in ('QUEUED', 'RUNNING')
        )
    `.execute(transaction);
  });
}
