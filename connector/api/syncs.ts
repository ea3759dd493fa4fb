import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { Services } from '../actions/services.ts';
import { UnifiedProblem } from '../errors.ts';
import { listings } from '../models/listings.ts';
import { findIntegration } from '../store/queries/integrations.ts';
import { listSyncs, type SyncReport } from '../store/queries/syncs.ts';

/** The latest syncs of an integration, the newest first, with how far each has come. */
export async function listIntegrationSyncs(
  store: Pick<Services, 'database' | 'vault'>,
  environmentId: string,
  integrationId: string,
): Promise<UnifiedSchemas['SyncsAnswer']> {
  const integration = await findIntegration(store, integrationId);
  if (integration?.environmentId !== environmentId) {
    throw new UnifiedProblem('PLATFORM.INTEGRATION_NOT_FOUND', 'This environment has no such integration.');
  }
  const syncs = await listSyncs(store.database, { integrationId, limit: 50 });
  return { status: 'success', data: { results: syncs.map(toItem) } };
}

function toItem(sync: SyncReport): UnifiedSchemas['Sync'] {
  return {
    id: sync.id,
    type: sync.type,
    state: sync.state,
    started_at: sync.state === 'QUEUED' ? null : sync.startedAt,
    ended_at: sync.endedAt,
    problem: sync.problem,
    rejected_records: sync.rejectedCount,
    progress: listings.flatMap(({ operation }) => {
      const reached = sync.progress[operation];
      return reached
        ? [{ listing: operation, records: reached.records, is_finished: reached.isFinished }]
        : [];
    }),
  };
}
