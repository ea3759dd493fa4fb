import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../contracts/clock.ts';
import { instruments } from '../observe/instruments.ts';
import type { Database } from '../store/schema.ts';
import { issueTypes } from '../store/queries/issues.ts';
import {
  countJobs,
  countTroubles,
  countWorkers,
  integrationStates,
  type IntegrationState,
  type QueuedJobs,
  type Troubles,
} from '../store/queries/service-state.ts';
import { patience } from './readiness.ts';

/** Tells what the database knows of all processes. */
export interface StoreGauges {
  /** Resolves once there is something to tell that is not old. */
  ready(): Promise<void>;
  stop(): void;
}

/**
 * Gives the gauges their values that come from the database. Whoever looks often is told what the last look found and does not
 * wait for the database: behind his back the next look begins. Who comes after a while waits for it, to be told what is.
 *
 * @param kinds the names of the queues, so that those without jobs are told too
 */
export function observeStore(
  { database, clock }: { database: Database; clock: Clock },
  kinds: readonly string[],
): StoreGauges {
  let found: Snapshot | undefined;
  let looking: Promise<void> | undefined;
  let lookedAt = -Infinity;

  function look(): Promise<void> {
    if (performance.now() - lookedAt < atMostEvery) return looking ?? Promise.resolve();
    looking ??= takeSnapshot(database)
      .then((snapshot) => void (found = snapshot))
      // What cannot be known is not told: a gauge that is missing is noticed, one that stands still is not.
      .catch(() => void (found = undefined))
      .finally(() => {
        looking = undefined;
        lookedAt = performance.now();
      });
    return looking;
  }

  const stops = [
    instruments.integrations.observe((tell) => {
      void look();
      for (const [state, count] of countByState(found)) tell(count, { state });
    }),
    instruments.syncLag.observe((tell) => {
      const now = clock.now();
      for (const { id, upToDateAt } of found?.behind ?? []) {
        tell(Math.max(0, (now - upToDateAt) / 1000), { integration_id: id });
      }
    }),
    instruments.queueDepth.observe((tell) => {
      for (const { kind, waiting, active } of jobsOf(found, kinds)) {
        tell(waiting, { kind, state: 'waiting' });
        tell(active, { kind, state: 'active' });
      }
    }),
    instruments.queueAge.observe((tell) => {
      for (const { kind, oldestSeconds } of jobsOf(found, kinds)) tell(oldestSeconds, { kind });
    }),
    instruments.openIssues.observe((tell) => {
      for (const type of found ? issueTypes : []) {
        tell(found?.troubles.issues.find((issue) => issue.type === type)?.count ?? 0, { type });
      }
    }),
    instruments.webhooks.observe((tell) => {
      for (const state of found ? webhookStates : []) {
        tell(found?.troubles.webhooks.find((webhook) => webhook.state === state)?.count ?? 0, { state });
      }
    }),
    instruments.workers.observe((tell) => {
      if (found) tell(found.workers, {});
    }),
  ];
  return {
    ready: async () => {
      // A database that hangs is told by the health, and must not hide what this process itself has counted.
      const isOld = found === undefined || performance.now() - lookedAt > freshFor;
      if (isOld) await Promise.race([look(), setTimeout(longest, undefined, { ref: false })]);
    },
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

/** Milliseconds between two looks, that one is waited for, and after which what was found is old: Prometheus comes sooner. */
const [atMostEvery, longest, freshFor] = [1000, 900, 20_000];

interface Snapshot {
  counts: ReadonlyMap<IntegrationState['state'], number>;
  /** Those that are to be synced, the furthest behind first. */
  behind: readonly IntegrationState[];
  jobs: readonly QueuedJobs[];
  workers: number;
  troubles: Troubles;
}

async function takeSnapshot(database: Database): Promise<Snapshot> {
  const states = await integrationStates(database);
  const counts = new Map<IntegrationState['state'], number>();
  for (const { state } of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  const behind = states
    .filter(({ state }) => state === 'active' || state === 'never_synced')
    .toSorted((one, other) => one.upToDateAt - other.upToDateAt)
    .slice(0, mostSeries);
  return {
    counts,
    behind,
    jobs: await countJobs(database),
    workers: await countWorkers(database, patience),
    troubles: await countTroubles(database),
  };
}

/** Integrations that are told by themselves: each is a series that Prometheus keeps. */
const mostSeries = 1000;

const webhookStates = ['arriving', 'failing', 'switched_off'] as const;

const noJobs = { waiting: 0, active: 0, oldestSeconds: 0 };

function jobsOf(found: Snapshot | undefined, kinds: readonly string[]): readonly QueuedJobs[] {
  if (!found) return [];
  return kinds.map((kind) => found.jobs.find((jobs) => jobs.kind === kind) ?? { kind, ...noJobs });
}

function countByState(found: Snapshot | undefined): [IntegrationState['state'], number][] {
  if (!found) return [];
  const states = ['active', 'never_synced', 'switched_off', 'invalid'] as const;
  return states.map((state) => [state, found.counts.get(state) ?? 0]);
}
