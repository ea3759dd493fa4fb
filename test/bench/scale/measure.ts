// One run: so many workers do the first syncs of many accounts, while a small one is asked for its changes again and again.
import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../../../contracts/clock.ts';
import { kinds } from '../../../connector/background.ts';
import { createGemClient } from '../../../connector/gem/client.ts';
import { findIntegration } from '../../../connector/store/queries/integrations.ts';
import type { Store } from '../../../connector/store/open-store.ts';
import { runSync } from '../../../connector/sync/run-sync.ts';
import { openQueue } from '../../../connector/work/queue.ts';
import { awaitSync, requestSync } from '../../../connector/work/request-sync.ts';
import type { BenchDatabase } from '../connector/databases.ts';
import { median } from '../median.ts';
import { countStatements } from './count-statements.ts';
import { connect, loadOf, openService, standingOf, startWorker, type Standing } from './service.ts';

/** What a run is made with. */
export interface Run {
  database: BenchDatabase;
  url: string;
  /** The keys of the large accounts, and of the small one. */
  large: readonly string[];
  small: string;
  candidates: number;
  workers: number;
  syncsAtOnce: number;
  /** Aborted when the time for the whole bench is over. */
  signal: AbortSignal;
  /** Told how far it is, for people. */
  say: (line: string) => void;
}

/** What came of it. */
export interface Measured {
  workers: number;
  /** Seconds until all large accounts were read, or until the time was over. */
  seconds: number;
  isWhole: boolean;
  /** Of all workers together. */
  candidatesPerSecond: number;
  standing: Standing;
  /** Seconds from asking for a delta of the small account until it had ended, while the large ones were read. */
  deltas: { count: number; median: number; longest: number } | null;
  /** The same when nothing else was done. */
  aloneSeconds: number;
  /** Of all workers together, as a share of one processor and in seconds by candidate; and the largest of them. */
  processorShare: number | null;
  processorPerCandidate: number | null;
  peakMiB: number | null;
  /** Of the database, by candidate. */
  bytes: number;
  transactions: number;
}

/** Measures one number of workers, on a store of its own. */
export async function measure(run: Run): Promise<Measured> {
  const { large, workers, syncsAtOnce, signal, say } = run;
  const place = await run.database.make();
  const { store, ids } = await openService(place, run.url, [run.small]);
  const queue = await openQueue(store, { kinds, isWorker: false, log: () => {} });
  const [small = ''] = ids;
  const over = new AbortController();

  async function askSmall(): Promise<number> {
    const asked = performance.now();
    const services = { store, clock: systemClock, queue };
    const { sync_id: id } = await requestSync(services, small, 'DELTA');
    const end = AbortSignal.any([signal, over.signal]);
    const { state } = await awaitSync(store, id, { signal: end });
    if (state !== 'SUCCEEDED' && !end.aborted) throw new Error(`the small account's sync ended as ${state}`);
    return (performance.now() - asked) / 1000;
  }

  await syncHere(store, small);
  const aloneSeconds = await syncHere(store, small, 'DELTA');
  const before = await loadOf(store);
  const running = Array.from({ length: workers }, () => startWorker(place, syncsAtOnce));
  // How long a process takes to start is no matter of scale, so there is nothing to be done before all of them have.
  await Promise.all(running.map(({ working }) => working));
  const usedBefore = sumOf(running.map((worker) => worker.usage()?.processor));
  const others = await connect(store, run.url, large);
  for (const id of others) await requestSync({ store, clock: systemClock, queue }, id, 'FULL');
  const began = performance.now();
  const deltas: number[] = [];
  let standing = await standingOf(store, others);
  try {
    const asking = (async () => {
      // Once the large accounts hold all places that there are for them.
      while (standing.candidates === 0 && !over.signal.aborted) await setTimeout(200);
      while (!over.signal.aborted) {
        const waited = await askSmall();
        if (!over.signal.aborted) deltas.push(waited);
        await setTimeout(1000);
      }
    })();
    let told = 0;
    while (standing.succeeded + standing.failed < others.length && !signal.aborted) {
      await setTimeout(250);
      standing = await standingOf(store, others);
      if (performance.now() - told < 5000) continue;
      told = performance.now();
      say(
        `${workers} workers: ${standing.succeeded} of ${others.length} accounts, ${standing.candidates} candidates, ${Math.round((told - began) / 1000)} s`,
      );
    }
    const seconds = (performance.now() - began) / 1000;
    over.abort();
    await asking;
    const usages = running.flatMap((worker) => worker.usage() ?? []);
    const used = usages.length === 0 ? null : sumOf(usages.map(({ processor }) => processor));
    const processor = used === null ? null : used - usedBefore;
    const after = await loadOf(store);
    return {
      workers,
      seconds,
      isWhole: standing.succeeded === others.length,
      candidatesPerSecond: standing.candidates / seconds,
      standing,
      deltas:
        deltas.length === 0
          ? null
          : { count: deltas.length, median: median(deltas), longest: Math.max(...deltas) },
      aloneSeconds,
      processorShare: processor === null ? null : processor / seconds,
      processorPerCandidate: processor === null ? null : processor / Math.max(1, standing.candidates),
      peakMiB: usages.length === 0 ? null : Math.max(...usages.map(({ peakMiB }) => peakMiB)),
      bytes: (after.bytes - before.bytes) / Math.max(1, standing.candidates),
      transactions: (after.transactions - before.transactions) / Math.max(1, standing.candidates),
    };
  } finally {
    over.abort();
    await Promise.all(running.map((worker) => worker.stop()));
    await queue.stop();
    await store.close();
    await place.remove();
  }
}

function sumOf(numbers: readonly (number | undefined)[]): number {
  return numbers.reduce<number>((sum, number = 0) => sum + number, 0);
}

/** Statements that the first sync of one account sends for each candidate, counted in this process. */
export async function measureStatements(run: Run): Promise<number> {
  const place = await run.database.make();
  const { store, ids } = await openService(place, run.url, run.large.slice(0, 1));
  try {
    const count = await countStatements(() => syncHere(store, ids[0] ?? ''));
    return count / run.candidates;
  } finally {
    await store.close();
    await place.remove();
  }
}

/** @returns how many seconds it took */
async function syncHere(store: Store, id: string, type: 'FULL' | 'DELTA' = 'FULL'): Promise<number> {
  const integration = await findIntegration(store, id);
  if (!integration) throw new Error('the integration is not there');
  const began = performance.now();
  const gem = createGemClient(integration.gem);
  const { state, problem } = await runSync({ store, clock: systemClock, integration, gem, type });
  if (state !== 'SUCCEEDED') throw new Error(`a sync ended as ${state}: ${problem}`);
  return (performance.now() - began) / 1000;
}
