import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import type { Services } from '../../actions/services.ts';
import { unknownIntegration, withoutCategory } from '../../errors.ts';
import type { Integration } from '../../store/queries/integrations.ts';
import { NotSynced } from '../../work/request-sync.ts';
import { listings } from '../../models/listings.ts';
import { readDrift, type DriftReport } from '../../store/queries/rejected.ts';
import { listSyncs, type SyncReport } from '../../store/queries/syncs.ts';

/**
 * `POST /force-sync`: asks for a sync (kombo-unified-api §4.5).
 *
 * @throws UnifiedProblem without a category when the integration is not synced: general calls have no code for it
 */
export async function triggerSync(
  { requestSync }: Pick<Services, 'requestSync'>,
  { id }: Integration,
  body: UnifiedSchemas['TriggerSyncBody'] | undefined,
): Promise<UnifiedSchemas['TriggeredSyncAnswer']> {
  try {
    return { status: 'success', data: await requestSync(id, body?.type ?? 'FULL') };
  } catch (error) {
    if (!(error instanceof NotSynced)) throw error;
    if (error.state === 'UNKNOWN') throw unknownIntegration();
    throw withoutCategory(reasons[error.state], 409, error);
  }
}

const reasons: Readonly<Record<'INACTIVE' | 'INVALID', string>> = {
  INACTIVE: 'The integration is switched off. Switch it on and repeat the call.',
  INVALID: 'Gem has refused the key of the integration for days. Connect it again and repeat the call.',
};

/** The latest syncs of an integration, the newest first, with how far each has come, and how Gem's records departed. */
export async function listIntegrationSyncs(
  { database }: Pick<Services, 'database'>,
  { id: integrationId }: Integration,
): Promise<UnifiedSchemas['SyncsAnswer']> {
  const syncs = await listSyncs(database, { integrationId, limit: 50 });
  const drift = await readDrift(database, integrationId, 200);
  return { status: 'success', data: { results: syncs.map(toItem), drift: drift.map(toDeparture) } };
}

function toDeparture({ firstSeenAt, lastSeenAt, ...departure }: DriftReport): UnifiedSchemas['Departure'] {
  return { ...departure, first_seen_at: firstSeenAt, last_seen_at: lastSeenAt };
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
