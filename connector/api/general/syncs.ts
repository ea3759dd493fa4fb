import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import type { Services } from '../../actions/services.ts';
import { unknownIntegration, withoutCategory } from '../../errors.ts';
import { offParts } from '../../policy/scope.ts';
import type { Integration } from '../../store/queries/integrations.ts';
import { NotSynced } from '../../work/request-sync.ts';
import { listings } from '../../models/listings.ts';
import { readDrift, readSyncDrift } from '../../store/queries/drift.ts';
import type { Progress } from '../../store/queries/progress.ts';
import { countRejected } from '../../store/queries/rejected.ts';
import { lastWholeReadings, listSyncs, type SyncReport } from '../../store/queries/syncs.ts';
import { howFar, modelStandings } from '../../sync/how-far.ts';
import { departureItem } from '../../webhooks/events.ts';

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

/**
 * The latest syncs of an integration, the newest first, with how far each has come, how each model stands, and how Gem's records
 * departed.
 */
export async function listIntegrationSyncs(
  { database }: Pick<Services, 'database'>,
  { id: integrationId, state, scope }: Integration,
): Promise<UnifiedSchemas['SyncsAnswer']> {
  const syncs = await listSyncs(database, { integrationId, limit: 50 });
  const rejected = await countRejected(database, integrationId);
  const lastWhole = await lastWholeReadings(database, integrationId);
  const drift = await readDrift(database, integrationId, 200);
  const full = syncs.find((sync) => sync.type === 'FULL' && isGood(sync));
  return {
    status: 'success',
    data: {
      results: syncs.map((sync) => toItem(sync, sync.type === 'FULL' ? full?.progress : undefined)),
      models: modelStandings({ state, syncs, rejected, lastWhole, off: new Set(offParts(scope)) }).map(
        (model) => ({
          model: model.name,
          state: model.state,
          problem: model.problem,
          last_synced_at: model.lastSyncedAt,
        }),
      ),
      drift: drift.map(departureItem),
    },
  };
}

function isGood({ state }: SyncReport): boolean {
  return state === 'SUCCEEDED' || state === 'PARTIALLY_FAILED';
}

/** How Gem's records departed from its description, over all syncs or in one of them. */
export async function listSchemaDrift(
  { database }: Pick<Services, 'database'>,
  { id: integrationId }: Integration,
  { sync_id: syncId }: { sync_id?: string | undefined },
): Promise<UnifiedSchemas['SchemaDriftAnswer']> {
  const limit = 1000;
  const drift =
    syncId === undefined
      ? await readDrift(database, integrationId, limit)
      : await readSyncDrift(database, { integrationId, syncId, limit });
  return { status: 'success', data: { results: drift.map(departureItem) } };
}

function toItem(sync: SyncReport, before: Progress | undefined): UnifiedSchemas['Sync'] {
  const { records, expectedRecords, recordsPerSecond, secondsLeft } = howFar(sync, before);
  return {
    id: sync.id,
    type: sync.type,
    state: sync.state,
    started_at: sync.state === 'QUEUED' ? null : sync.startedAt,
    ended_at: sync.endedAt,
    problem: sync.problem,
    rejected_records: sync.rejectedCount,
    departures: sync.departures,
    records,
    expected_records: expectedRecords,
    records_per_second: recordsPerSecond,
    seconds_left: secondsLeft,
    progress: listings.flatMap(({ operation }) => {
      const reached = sync.progress[operation];
      if (!reached) return [];
      return [
        {
          listing: operation,
          records: reached.records,
          total: reached.total ?? null,
          is_finished: reached.isFinished,
          problem: sync.lists?.[operation]?.problem ?? null,
        },
      ];
    }),
  };
}
