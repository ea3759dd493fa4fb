// How far a sync has come, how fast it is, and how each model stands. All decisions, no deeds.
import { models } from '../models/index.ts';
import { listings, type ListingName } from '../models/listings.ts';
import type { Model, ModelName } from '../models/model.ts';
import type { IntegrationState } from '../store/queries/integrations.ts';
import type { Progress } from '../store/queries/progress.ts';
import type { SyncReport } from '../store/queries/syncs.ts';

/** How far a sync has come as a whole. */
export interface HowFar {
  records: number;
  /** Null where it is not known of all lists. */
  expectedRecords: number | null;
  recordsPerSecond: number | null;
  /** Null where it is not known, and of a sync that does not run. */
  secondsLeft: number | null;
}

/**
 * Reckons with what is known of each list: its own length; or, of one that was not begun, what the last full sync read of it.
 *
 * @param before how much was read of each list; undefined where that says nothing, as for a delta sync
 */
export function howFar({ progress, state }: SyncReport, before: Progress | undefined): HowFar {
  const begun = Object.values(progress);
  const records = begun.reduce((sum, list) => sum + list.records, 0);
  const expected = listings.map(({ operation }) => expectedOf(operation, progress, before));
  const expectedRecords = expected.some((count) => count === null)
    ? null
    : expected.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const isRunning = state === 'RUNNING';
  const recordsPerSecond = rateOf(progress);
  const isKnown = isRunning && expectedRecords !== null && recordsPerSecond !== null;
  const left = (expectedRecords ?? 0) - records;
  const secondsLeft = isKnown ? Math.ceil(Math.max(0, left) / recordsPerSecond) : null;
  return { records, expectedRecords, recordsPerSecond, secondsLeft };
}

function expectedOf(name: ListingName, progress: Progress, before: Progress | undefined): number | null {
  const list = progress[name];
  if (!list) return before?.[name]?.records ?? null;
  if (list.isFinished) return list.records;
  // Records that came meanwhile make a list longer than it said.
  return typeof list.total === 'number' ? Math.max(list.total, list.records) : null;
}

/** Records a second in the run that is the latest one: one that was killed stood still for a while. */
function rateOf(progress: Progress): number | null {
  const lists = Object.values(progress);
  const run = lists.reduce((latest, { runBeganAt = '' }) => (runBeganAt > latest ? runBeganAt : latest), '');
  const ofRun = lists.filter(({ runBeganAt }) => runBeganAt === run);
  const read = ofRun.reduce((sum, { records, recordsBefore = 0 }) => sum + records - recordsBefore, 0);
  const until = Math.max(...ofRun.map(({ at = run }) => Date.parse(at)));
  const seconds = (until - Date.parse(run)) / 1000;
  return read > 0 && seconds > 0 ? Math.round((read / seconds) * 10) / 10 : null;
}

/** How one model stands, in Merge's words. */
export interface ModelStanding {
  name: ModelName;
  state: 'PENDING' | 'SYNCING' | 'SYNCED' | 'PARTIALLY_SYNCED' | 'FAILED' | 'PAUSED' | 'DISABLED';
  problem: string | null;
  lastSyncedAt: string | null;
}

/** What decides how models stand. */
export interface Standing {
  state: IntegrationState;
  /** The latest syncs, the newest first. */
  syncs: readonly SyncReport[];
  rejected: readonly { listing: ListingName; count: number }[];
  /** The models that are off (kombo-unified-api §4.9). */
  off: ReadonlySet<string>;
  /** When a sync last ended that read the list whole. */
  lastWhole: ReadonlyMap<string, string>;
}

/** Says how each model stands: by the sync that runs, or else by the latest that has ended. */
export function modelStandings(standing: Standing): ModelStanding[] {
  return models.map(({ name, listing }: Model) => {
    const isOff = standing.off.has(name);
    const { state, problem } = isOff ? disabled : standingOf(listing, standing);
    return { name, state, problem, lastSyncedAt: standing.lastWhole.get(listing) ?? null };
  });
}

function standingOf(
  listing: ListingName,
  { state, syncs, rejected }: Standing,
): Pick<ModelStanding, 'state' | 'problem'> {
  if (state !== 'ACTIVE') return { state: 'PAUSED', problem: whyPaused[state] };
  const running = syncs.find((sync) => sync.state === 'RUNNING');
  const ended = syncs.find((sync) => sync.endedAt !== null && sync.state !== 'CANCELLED');
  const isRead = running?.progress[listing]?.isFinished ?? false;
  if (running && !(isRead && ended)) return { state: 'SYNCING', problem: null };
  if (!ended) return { state: 'PENDING', problem: null };
  const unused = rejected.find((list) => list.listing === listing);
  return afterSync(ended, listing, unused?.count ?? 0);
}

const disabled = { state: 'DISABLED', problem: null } as const;

const whyPaused: Readonly<Record<'INACTIVE' | 'INVALID', string>> = {
  INACTIVE: 'the integration is switched off',
  INVALID: 'Gem has refused the key of the integration for days',
};

function afterSync(
  sync: SyncReport,
  listing: ListingName,
  rejected: number,
): Pick<ModelStanding, 'state' | 'problem'> {
  const isGood = sync.state === 'SUCCEEDED' || sync.state === 'PARTIALLY_FAILED';
  // Of a sync that ended before this was noted, its state is all that is known.
  const list = sync.lists?.[listing] ?? { isFinished: isGood && sync.lists === null, problem: null };
  if (!list.isFinished) {
    return { state: 'FAILED', problem: sync.problem ?? 'the latest sync did not come to it' };
  }
  if (list.problem !== null) {
    const hasSome = (sync.progress[listing]?.records ?? 0) > 0;
    return { state: hasSome ? 'PARTIALLY_SYNCED' : 'FAILED', problem: list.problem };
  }
  if (rejected === 0) return { state: 'SYNCED', problem: null };
  const problem = `${rejected} ${rejected === 1 ? 'record' : 'records'} could not be used`;
  return { state: 'PARTIALLY_SYNCED', problem };
}
