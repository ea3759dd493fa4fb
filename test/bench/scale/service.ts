// What one run is made of: a new store with its integrations, and workers as an operator starts them.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sql } from 'kysely';
import { systemClock, toInstant } from '../../../contracts/clock.ts';
import { connectIntegration } from '../../../connector/connect/connect-integration.ts';
import { openStore, type Store } from '../../../connector/store/open-store.ts';
import { createEnvironment } from '../../../connector/store/queries/environments.ts';
import type { Place } from '../connector/databases.ts';

const main = resolve(import.meta.dirname, '../../../connector/main.ts');

/** Opens a new store and connects an integration for each key, in their order. */
export async function openService(place: Place, url: string, apiKeys: readonly string[]) {
  const store = await openStore(place.open);
  const createdAt = toInstant(systemClock.now());
  await createEnvironment(store.database, { id: 'bench', name: 'Bench', apiKey: 'bench', createdAt });
  return { store, ids: await connect(store, url, apiKeys) };
}

/** Connects an integration for each key, in their order. */
export async function connect(store: Store, url: string, apiKeys: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const apiKey of apiKeys) {
    const { id } = await connectIntegration({
      store,
      clock: systemClock,
      environmentId: 'bench',
      gem: { url, apiKey },
      endUserOrganizationName: apiKey,
      isRemoteDataEnabled: false,
    });
    ids.push(id);
  }
  return ids;
}

/** A worker, as `mock-gem connector --role worker` starts it. */
export interface RunningWorker {
  /** Resolves once it has begun to work. */
  working: Promise<void>;
  /** Processor seconds that it has used, and the most memory that it has had; nulls where the system does not tell. */
  usage: () => { processor: number; peakMiB: number } | null;
  stop: () => Promise<void>;
}

/** Starts a worker, which looks for what is due at once. */
export function startWorker({ open }: Place, syncsAtOnce: number): RunningWorker {
  const { databaseUrl = '', encryptionKey = '' } = open;
  const flags = ['--role', 'worker', '--check-every', '5', '--syncs-at-once', String(syncsAtOnce), '--json'];
  const child = spawn(process.execPath, [main, ...flags], {
    env: { ...process.env, DATABASE_URL: databaseUrl, CONNECTOR_ENCRYPTION_KEY: encryptionKey },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const working = new Promise<void>((settle, reject) => {
    child.stdout.on('data', () => settle());
    child.once('exit', (code) => reject(new Error(`a worker ended with ${code}`)));
  });
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()));
  process.once('exit', () => child.kill('SIGKILL'));
  return {
    working,
    usage: () => usageOf(child),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function usageOf({ pid }: ChildProcess): { processor: number; peakMiB: number } | null {
  if (process.platform !== 'linux') return null;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const peak = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    // Linux counts a hundred ticks a second.
    return { processor: (Number(fields[11]) + Number(fields[12])) / 100, peakMiB: Number(peak?.[1]) / 1024 };
  } catch {
    return null;
  }
}

/** How far the first syncs of some integrations have come. */
export interface Standing {
  succeeded: number;
  failed: number;
  candidates: number;
}

/** Reads it from what the syncs say of themselves: to count the rows again and again would cost as much as a worker. */
export async function standingOf(
  { database }: Pick<Store, 'database'>,
  ids: readonly string[],
): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select count(*) filter (where state = 'SUCCEEDED')::integer as succeeded,
      count(*) filter (where state not in ('SUCCEEDED', 'QUEUED', 'RUNNING'))::integer as failed,
      coalesce(sum((progress -> 'listCandidates' ->> 'records')::integer), 0)::integer as candidates
    from syncs where type = 'FULL' and integration_id = any(${[...ids]}::text[])
  `.execute(database);
  return rows[0] ?? { succeeded: 0, failed: 0, candidates: 0 };
}

/** Bytes that the store takes on the disk, and transactions that it has committed. */
export async function loadOf({ database }: Pick<Store, 'database'>) {
  const { rows } = await sql<{ bytes: number; transactions: number }>`
    select pg_database_size(current_database())::float8 as bytes, xact_commit::float8 as transactions
    from pg_stat_database where datname = current_database()
  `.execute(database);
  return rows[0] ?? { bytes: 0, transactions: 0 };
}
