import { sql } from 'kysely';
import { presentTrace } from '../../observe/trace.ts';
import { komboId } from '../../identifiers.ts';
import type { Progress, ReadList } from './progress.ts';
import type { Database } from '../schema.ts';

/** Full reads everything and finds deletions; delta reads what changed (kombo-unified-api §4.5). */
export type SyncType = 'FULL' | 'DELTA';

/** The state of a sync. */
export type SyncState =
  | 'QUEUED'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'PARTIALLY_FAILED'
  | 'FAILED'
  | 'AUTHENTICATION_FAILED'
  | 'CANCELLED'
  | 'TIMED_OUT';

/** One run over an integration's data. Times are instants with milliseconds and `Z`. */
export interface Sync {
  id: string;
  integrationId: string;
  type: SyncType;
  state: SyncState;
  /** When it started; of one that is QUEUED, when it was asked for. */
  startedAt: string;
  endedAt: string | null;
  /** What went wrong, for people; null when nothing did. */
  problem: string | null;
  /** The step of a trace in which it was asked for, if it was in one. */
  traceparent: string | null;
}

/** @returns undefined when there is no such sync */
export async function findSync(database: Database, id: string): Promise<Sync | undefined> {
  const { rows } = await sql<Sync>`select ${syncColumns} from syncs where id = ${id}`.execute(database);
  return rows[0];
}

/** @returns undefined when no sync of this type is running */
export async function findRunningSync(
  database: Database,
  integrationId: string,
  type: SyncType,
): Promise<Sync | undefined> {
  const { rows } = await sql<Sync>`
    select ${syncColumns} from syncs
    where integration_id = ${integrationId} and type = ${type} and state = 'RUNNING'
    order by started_at limit 1
  `.execute(database);
  return rows[0];
}

/** The columns of {@link Sync}. */
const syncColumns = sql.raw(`
  id, integration_id as "integrationId", type, state, instant(started_at) as "startedAt",
  instant(ended_at) as "endedAt", problem, traceparent`);

/** The id of an integration's next sync of a type. It follows from what is stored, so that a replay gives the same. */
async function nextSyncId(
  database: Database,
  { integrationId, type, at }: Pick<Sync, 'integrationId' | 'type'> & { at: string },
): Promise<string> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from syncs where integration_id = ${integrationId}
  `.execute(database);
  return komboId(integrationId, `syncs/${type}/${at}/${rows[0]?.count ?? 0}`);
}

/**
 * Begins a sync: goes on with the one of the same type that is running, because a run that was killed goes on where its
 * checkpoints stand; otherwise starts the one that waits; otherwise a new one.
 */
export async function beginSync(
  database: Database,
  { integrationId, type, startedAt }: Pick<Sync, 'integrationId' | 'type' | 'startedAt'>,
): Promise<{ sync: Sync; isResumed: boolean }> {
  return database.transaction().execute(async (transaction) => {
    // Locked, so that the end which a killed process may still have on its way is waited for and seen.
    const { rows } = await sql<Sync>`
      select ${syncColumns} from syncs
      where integration_id = ${integrationId} and type = ${type} and state in ('QUEUED', 'RUNNING')
      for update
    `.execute(transaction);
    const unfinished = rows[0];
    if (unfinished?.state === 'RUNNING') return { sync: unfinished, isResumed: true };

    const id = unfinished?.id ?? (await nextSyncId(transaction, { integrationId, type, at: startedAt }));
    await sql`
      insert into syncs (id, integration_id, type, state, started_at)
      values (${id}, ${integrationId}, ${type}, 'RUNNING', ${startedAt}::timestamptz)
      on conflict (id) do update set
        state = excluded.state, started_at = excluded.started_at, reading = excluded.reading
    `.execute(transaction);
    const traceparent = unfinished?.traceparent ?? null;
    const begun = { id, integrationId, type, state: 'RUNNING' as const, startedAt, traceparent };
    return { sync: { ...begun, endedAt: null, problem: null }, isResumed: false };
  });
}

/**
 * Lets a sync wait, unless one of the same type waits or runs already: there is at most one of each type, however many
 * ask at once. It will go on with the trace in which it is asked for.
 *
 * @returns the sync that waits or runs, and whether it is new
 */
export async function queueSync(
  database: Database,
  { integrationId, type, at }: Pick<Sync, 'integrationId' | 'type'> & { at: string },
): Promise<{ sync: Sync; isNew: boolean }> {
  const id = await nextSyncId(database, { integrationId, type, at });
  const added = await sql<Sync>`
    insert into syncs (id, integration_id, type, state, started_at, traceparent)
    values (${id}, ${integrationId}, ${type}, 'QUEUED', ${at}::timestamptz, ${presentTrace()})
    on conflict do nothing
    returning ${syncColumns}
  `.execute(database);
  const [queued] = added.rows;
  if (queued) return { sync: queued, isNew: true };

  const found = await sql<Sync>`
    select ${syncColumns} from syncs
    where integration_id = ${integrationId} and type = ${type} and state in ('QUEUED', 'RUNNING')
  `.execute(database);
  const [unfinished] = found.rows;
  if (unfinished) return { sync: unfinished, isNew: false };
  // The one that was in the way has ended in between.
  return queueSync(database, { integrationId, type, at });
}

/** Ends a sync and deletes what it needed to be resumed. */
export async function endSync(
  database: Database,
  { id, state, endedAt, problem }: Pick<Sync, 'id' | 'state' | 'endedAt' | 'problem'>,
): Promise<void> {
  await sql`
    update syncs set
      state = ${state}, ended_at = ${endedAt}::timestamptz, problem = ${problem},
      lists = (
        select coalesce(jsonb_object_agg(listing, jsonb_build_object('isFinished', is_finished,
          'problem', sync_checkpoints.problem)), '{}')
        from sync_checkpoints where sync_id = ${id}
      ),
      rejected_count = (
        select count(*) from rejected_records where rejected_records.integration_id = syncs.integration_id
      )
    where id = ${id}
  `.execute(database);
  await sql`delete from sync_sightings where sync_id = ${id}`.execute(database);
  await sql`delete from sync_checkpoints where sync_id = ${id}`.execute(database);
  await sql`delete from sync_changes where sync_id = ${id}`.execute(database);
}

/** Makes an integration's delta sync that waits a full one, unless there is one already. */
export async function turnDeltaIntoFull(database: Database, integrationId: string): Promise<void> {
  await sql`
    update syncs set type = 'FULL'
    where integration_id = ${integrationId} and type = 'DELTA' and state = 'QUEUED'
      and not exists (
        select from syncs as other
        where other.integration_id = ${integrationId} and other.type = 'FULL'
          and other.state in ('QUEUED', 'RUNNING')
      )
  `.execute(database);
}

/** An integration's syncs that run or wait, in the order in which they are to be worked off. */
export async function unfinishedSyncs(database: Database, integrationId: string): Promise<Sync[]> {
  const { rows } = await sql<Sync>`
    select ${syncColumns} from syncs
    where integration_id = ${integrationId} and state in ('QUEUED', 'RUNNING')
    order by state = 'RUNNING' desc, started_at, id
  `.execute(database);
  return rows;
}

/** The integrations that have a sync that runs or waits, and of which type that is which is to be worked off first. */
export async function integrationsWithUnfinishedSyncs(
  database: Database,
): Promise<Pick<Sync, 'integrationId' | 'type'>[]> {
  const { rows } = await sql<Pick<Sync, 'integrationId' | 'type'>>`
    select distinct on (integration_id) integration_id as "integrationId", type from syncs
    where state in ('QUEUED', 'RUNNING')
    order by integration_id, state = 'RUNNING' desc, started_at, id
  `.execute(database);
  return rows;
}

/** A sync with how far it has come. */
export interface SyncReport extends Sync {
  progress: Progress;
  /** What became of each list that was begun; null until the end. */
  lists: Partial<Record<ReadList, { isFinished: boolean; problem: string | null }>> | null;
  /** How often its records departed from Gem's description. */
  departures: number;
  /** How many records were rejected by its end; null until then. */
  rejectedCount: number | null;
}

/** The columns of {@link SyncReport}. */
const reportColumns = sql`
  ${syncColumns}, progress, lists, rejected_count as "rejectedCount",
  (select coalesce(sum(count), 0)::float8 from sync_drift where sync_id = syncs.id) as departures`;

/** When a sync of an integration last ended that read a list whole, by list. */
export async function lastWholeReadings(
  database: Database,
  integrationId: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ listing: string; at: string }>`
    select list.key as listing, instant(max(syncs.ended_at)) as at
    from syncs, jsonb_each(syncs.lists) as list
    where integration_id = ${integrationId} and state in ('SUCCEEDED', 'PARTIALLY_FAILED')
      and (list.value ->> 'isFinished')::boolean and list.value ->> 'problem' is null
    group by list.key
  `.execute(database);
  return new Map(rows.map(({ listing, at }) => [listing, at]));
}

/** An integration's latest syncs, the newest first. */
export async function listSyncs(
  database: Database,
  { integrationId, limit }: { integrationId: string; limit: number },
): Promise<SyncReport[]> {
  const { rows } = await sql<SyncReport>`
    select ${reportColumns} from syncs
    where integration_id = ${integrationId}
    order by started_at desc, state = 'QUEUED' desc, ended_at desc, id
    limit ${limit}
  `.execute(database);
  return rows;
}

/** @returns undefined when there is no such sync */
export async function findSyncReport(database: Database, id: string): Promise<SyncReport | undefined> {
  const { rows } = await sql<SyncReport>`
    select ${reportColumns} from syncs where id = ${id}
  `.execute(database);
  return rows[0];
}

/** Whether the sync that ended before this one has failed; those that were cancelled tell nothing. */
export async function wasLastSyncBad(
  database: Database,
  { integrationId, before }: { integrationId: string; before: string },
): Promise<boolean> {
  const { rows } = await sql<{ state: SyncState }>`
    select state from syncs
    where integration_id = ${integrationId} and id <> ${before} and ended_at is not null and state <> 'CANCELLED'
    order by syncs.ended_at desc, syncs.started_at desc limit 1
  `.execute(database);
  return rows[0]?.state === 'FAILED' || rows[0]?.state === 'TIMED_OUT';
}

/** What the schedule needs to know of an integration. Times are instants. */
export interface SyncHistory {
  /** Whether a sync has ever brought data. */
  hasData: boolean;
  /** When the latest sync of each type started, or was asked for; null when there was none. */
  lastFull: string | null;
  lastDelta: string | null;
  /** Whether a sync runs or waits. */
  isBusy: boolean;
  /** Since when Gem refuses the credentials; null while it takes them. */
  failingSince: string | null;
}

/** What the schedule needs to know of every integration that is switched on and valid. */
export async function listSchedules(
  database: Database,
): Promise<({ integrationId: string } & SyncHistory)[]> {
  const { rows } = await sql<{ integrationId: string } & SyncHistory>`
    select integration.id as "integrationId",
      integration.first_synced_at is not null as "hasData",
      instant(integration.authentication_failing_since) as "failingSince",
      instant(max(sync.started_at) filter (where sync.type = 'FULL')) as "lastFull",
      instant(max(sync.started_at) filter (where sync.type = 'DELTA')) as "lastDelta",
      count(sync.id) filter (where sync.state in ('QUEUED', 'RUNNING')) > 0 as "isBusy"
    from integrations as integration left join syncs as sync on sync.integration_id = integration.id
    where integration.is_enabled and integration.deleted_at is null and integration.invalid_since is null
    group by integration.id
    order by integration.id
  `.execute(database);
  return rows;
}

/**
 * Removes syncs that ended long ago, but the latest of each type, which the schedule looks at; and what ended syncs needed
 * to be able to resume.
 *
 * @param before an instant; syncs that have ended since then stay
 * @returns how many syncs were removed
 */
export async function pruneSyncs(database: Database, before: string): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from syncs
    where ended_at < ${before}::timestamptz
      and exists (
        select from syncs as later
        where later.integration_id = syncs.integration_id and later.type = syncs.type
          and (later.started_at, later.id) > (syncs.started_at, syncs.id)
      )
  `.execute(database);
  for (const table of ['sync_sightings', 'sync_checkpoints', 'sync_changes']) {
    await sql`
      delete from ${sql.table(table)} as kept using syncs
      where syncs.id = kept.sync_id and syncs.ended_at is not null
    `.execute(database);
  }
  return Number(numAffectedRows ?? 0);
}
