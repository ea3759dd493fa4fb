import { DatabaseUnreachable } from '../store/outage.ts';
import { migrationNames } from '../store/migrate.ts';
import type { Database } from '../store/schema.ts';
import { countWorkers, readPreparation, type Preparation } from '../store/queries/service-state.ts';
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
 * Looks whether this process can do its work. It asks the database for a handful of rows at once, however many integrations
 * there are, and never waits for long.
 */
export async function readReadiness({ database, heartbeat }: Watched): Promise<Readiness> {
  const [preparation, worker] = await Promise.all([
    look(() => readPreparation(database)),
    heartbeat ? partOf(heartbeat) : look(() => lookForWorkers(database)).then(settled),
  ]);
  const parts = {
    ...('problem' in preparation
      ? withoutAnswer(preparation)
      : partsOf(preparation, heartbeat !== undefined)),
    worker,
  };
  const isReady = Object.values(parts).every(({ status }) => status !== 'failing');
  return { status: isReady ? 'ready' : 'not_ready', parts };
}

type DatabaseParts = Omit<Readiness['parts'], 'worker'>;

function partsOf({ migrations, hasQueue }: Preparation, isWorker: boolean): DatabaseParts {
  const missing = migrationNames().filter((name) => !migrations.includes(name));
  const queue = isWorker
    ? failing('the tables of the queue are gone')
    : { status: 'absent' as const, problem: 'it is made by the first worker, or with the first job' };
  return {
    database: ok,
    migrations:
      missing.length === 0
        ? ok
        : failing(`the tables are older than this program: ${missing.join(', ')} is missing`),
    queue: hasQueue ? ok : queue,
  };
}

function withoutAnswer({ problem, isAway }: NoAnswer): DatabaseParts {
  // A database that answers, and not this, lacks even the list of its migrations.
  return isAway
    ? { database: failing(problem), migrations: unknown, queue: unknown }
    : { database: ok, migrations: failing(problem), queue: unknown };
}

const ok: Part = { status: 'ok' };
const failing = (problem: string): Part => ({ status: 'failing', problem });
const unknown = failing('only the database could tell');

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

/** What the database did not answer. */
interface NoAnswer {
  problem: string;
  /** Whether it answers nothing at all. */
  isAway: boolean;
}

/** A look that the database does not answer in time has found it away. */
async function look<Found>(task: () => Promise<Found>): Promise<Found | NoAnswer> {
  const late = Promise.withResolvers<NoAnswer>();
  const timer = setTimeout(
    () => late.resolve({ problem: `the database did not answer within ${longest} ms`, isAway: true }),
    longest,
  );
  try {
    return await Promise.race([task(), late.promise]);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { problem, isAway: error instanceof DatabaseUnreachable };
  } finally {
    clearTimeout(timer);
  }
}

function settled(found: Part | NoAnswer): Part {
  return 'isAway' in found ? unknown : found;
}

/** Milliseconds. Probes of Kubernetes wait a second unless they are told otherwise. */
const longest = 900;
