import { DatabaseUnreachable } from '../store/outage.ts';
import { missingMigrations } from '../store/migrate.ts';
import type { Database } from '../store/schema.ts';
import { countWorkers, missingQueues } from '../store/queries/service-state.ts';
import { beatEvery, type Heartbeat } from '../work/heartbeat.ts';

/** One thing that a process needs to do its work. */
export interface Part {
  /** `absent` is what is not there and need not be: other processes have it, or it comes when it is first needed. */
  status: 'ok' | 'failing' | 'absent';
  /** What is wrong, in words for operators. */
  problem?: string;
}

/** Whether a process can do its work, and what it lacks. */
export interface Readiness {
  status: 'ready' | 'not_ready';
  parts: Record<PartName, Part>;
}

type PartName = 'database' | 'migrations' | 'queue' | 'worker';

/** What readiness is asked of. */
export interface Watched {
  database: Database;
  /** The names of the queues. */
  kinds: readonly string[];
  /** The sign of life of the worker in this process, if it has one. */
  heartbeat: Heartbeat | undefined;
}

/**
 * Looks whether this process can do its work. It asks the database for a handful of rows, however many integrations there
 * are, and never waits for long.
 */
export async function readReadiness({ database, kinds, heartbeat }: Watched): Promise<Readiness> {
  const migrations = await look(async () => {
    const missing = await missingMigrations(database);
    return missing.length === 0
      ? ok
      : failing(`the tables are older than this program: ${missing.join(', ')} is missing`);
  });
  const isAway = migrations instanceof Away;
  const parts = isAway
    ? {
        database: failing(migrations.message),
        migrations: unknown,
        queue: unknown,
        worker: heartbeat ? partOf(heartbeat) : unknown,
      }
    : {
        database: ok,
        migrations,
        queue: settled(await look(() => lookAtQueue({ database, kinds, heartbeat }))),
        worker: heartbeat ? partOf(heartbeat) : settled(await look(() => lookForWorkers(database))),
      };
  const isReady = Object.values(parts).every(({ status }) => status !== 'failing');
  return { status: isReady ? 'ready' : 'not_ready', parts };
}

const ok: Part = { status: 'ok' };
const failing = (problem: string): Part => ({ status: 'failing', problem });
const unknown = failing('only the database could tell');

async function lookAtQueue({ database, kinds, heartbeat }: Watched): Promise<Part> {
  const missing = await missingQueues(database, kinds);
  if (missing.length === 0) return ok;
  if (heartbeat) return failing(`the queue lacks ${missing.join(', ')}`);
  return { status: 'absent', problem: 'it is made by the first worker, or with the first job' };
}

/** A process that only answers goes on to do so without workers; what it is asked to sync waits. */
async function lookForWorkers(database: Database): Promise<Part> {
  if ((await countWorkers(database, patience)) > 0) return ok;
  return { status: 'absent', problem: `no worker gave a sign of life in the last ${patience} seconds` };
}

function partOf(heartbeat: Heartbeat): Part {
  const seconds = heartbeat.seconds();
  return seconds <= patience ? ok : failing(`its last sign of life was ${Math.round(seconds)} seconds ago`);
}

/** Seconds after which a worker counts as dead. */
export const patience = 3 * beatEvery;

/** The database gave no answer. */
class Away extends Error {}

/** A look that the database does not answer in time has found it away. */
async function look(task: () => Promise<Part>): Promise<Part | Away> {
  const late = Promise.withResolvers<Away>();
  const timer = setTimeout(
    () => late.resolve(new Away(`the database did not answer within ${longest / 1000} seconds`)),
    longest,
  );
  try {
    return await Promise.race([task(), late.promise]);
  } catch (error) {
    if (error instanceof DatabaseUnreachable) return new Away(error.message);
    return failing(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
  }
}

function settled(part: Part | Away): Part {
  return part instanceof Away ? failing(part.message) : part;
}

/** Milliseconds. Probes of Kubernetes wait a second unless they are told otherwise. */
const longest = 900;
