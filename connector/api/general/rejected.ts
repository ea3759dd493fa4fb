// Records of Gem that could not be used (kombo-unified-api §4.6 has no such calls: they are this connector's own).
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import type { Services } from '../../actions/services.ts';
import type { Integration } from '../../store/queries/integrations.ts';
import { listRejected } from '../../store/queries/rejected.ts';
import { tryAgain } from '../../sync/try-again.ts';

/** The records that were rejected last, the newest first. */
export async function showRejected(
  { database }: Pick<Services, 'database'>,
  { id: integrationId }: Integration,
): Promise<UnifiedSchemas['RejectedRecordsAnswer']> {
  const { total, records } = await listRejected(database, { integrationId, limit: 100 });
  const results = records.map(({ listing, remoteId, hasId, reason, record, rejectedAt }) => ({
    listing,
    remote_id: remoteId,
    has_id: hasId,
    reason,
    record,
    rejected_at: rejectedAt,
  }));
  return { status: 'success', data: { total, results } };
}

/** Tries one of them again. @throws GemError */
export async function tryRejectedAgain(
  { database, clock, clientOf }: Services,
  integration: Integration,
  { listing, remote_id: remoteId }: UnifiedSchemas['RejectedRecordName'],
): Promise<UnifiedSchemas['TriedAgainAnswer']> {
  const gem = clientOf(integration);
  const data = await tryAgain({ store: { database }, clock, gem, integration }, { listing, remoteId });
  return { status: 'success', data };
}
