// Records of Gem that could not be used (kombo-unified-api §4.6 has no such calls: they are this connector's own).
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import type { Services } from '../../actions/services.ts';
import type { Integration } from '../../store/queries/integrations.ts';
import { UnifiedProblem } from '../../errors.ts';
import { departuresOfRecord } from '../../models/drift.ts';
import { listingOf } from '../../models/listings.ts';
import { shapeOf } from '../../models/shape.ts';
import { findRejected, listRejected } from '../../store/queries/rejected.ts';
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

/**
 * One of them without its values: names, types, and where it departs from the description.
 *
 * @throws UnifiedProblem when it is not one of them
 */
export async function showRejectedShape(
  { database }: Pick<Services, 'database'>,
  { id: integrationId }: Integration,
  { listing, remote_id: remoteId }: UnifiedSchemas['RejectedRecordName'],
): Promise<UnifiedSchemas['RejectedShapeAnswer']> {
  const found = await findRejected(database, { integrationId, listing, remoteId });
  if (!found) {
    const message = 'This integration has no such rejected record. Take both names from /rejected-records.';
    throw new UnifiedProblem('PLATFORM.INPUT_INVALID', message, { status: 404 });
  }
  const { hasId, reason, rejectedAt, record } = found;
  return {
    status: 'success',
    data: {
      listing,
      remote_id: remoteId,
      has_id: hasId,
      reason,
      rejected_at: rejectedAt,
      shape: shapeOf(record),
      departures: departuresOfRecord(listingOf(listing), record),
    },
  };
}

/** Tries the latest of them again, one after the other. @throws GemError */
export async function tryAllRejectedAgain(
  { database, clock, clientOf }: Services,
  integration: Integration,
): Promise<UnifiedSchemas['AllTriedAgainAnswer']> {
  const gem = clientOf(integration);
  const data = { stored: 0, rejected: 0, gone: 0 };
  const { records } = await listRejected(database, { integrationId: integration.id, limit: 100 });
  for (const { listing, remoteId } of records) {
    const { state } = await tryAgain({ store: { database }, clock, gem, integration }, { listing, remoteId });
    if (state === 'STORED') data.stored += 1;
    if (state === 'REJECTED') data.rejected += 1;
    if (state === 'GONE') data.gone += 1;
  }
  return { status: 'success', data };
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
