import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Store } from '../../../connector/store/open-store.ts';

/** What one piece of work took. */
export interface Usage {
  milliseconds: number;
  /** Processor time of the connector's process, with the embedded database in it. */
  processorMs: number;
  /** Processor time of the database server; null where there is none, or the system does not tell. */
  serverMs: number | null;
  /** Records read from Gem in the floor, rows of the unified model in a sync, pages of a list. */
  rows: number;
  /** The most memory that the connector's process has had resident so far. */
  peakMiB: number;
  /** The same of the largest process of the database server. */
  serverPeakMiB: number | null;
}

/** Measures a piece of work, which returns how many rows it came to. */
export async function usageOf(store: Store, work: () => Promise<number>): Promise<Usage> {
  const serverBefore = await serverUsage(store);
  const processorBefore = process.cpuUsage();
  const began = performance.now();
  const rows = await work();
  const milliseconds = performance.now() - began;
  const { user, system } = process.cpuUsage(processorBefore);
  const server = await serverUsage(store);
  return {
    milliseconds,
    processorMs: (user + system) / 1000,
    serverMs: server && server.processorMs - (serverBefore?.processorMs ?? 0),
    rows,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    serverPeakMiB: server && server.peakMiB,
  };
}

/** How many times a second Linux counts processor time, on all machines that Node runs on. */
const ticksPerSecond = 100;

/** What the server's processes for this store have used, as Linux tells it of processes on the same machine. */
async function serverUsage({
  engine,
  database,
}: Store): Promise<{ processorMs: number; peakMiB: number } | null> {
  if (engine.name !== 'postgres' || process.platform !== 'linux') return null;
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity where datname = current_database()
  `.execute(database);
  const used = rows.map(({ pid }) => {
    // After the name of the program, which may hold anything, and its closing bracket.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const peak = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return {
      processorMs: ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond,
      peakMiB: Number(peak?.[1]) / 1024,
    };
  });
  return {
    processorMs: used.reduce((sum, { processorMs }) => sum + processorMs, 0),
    peakMiB: Math.max(...used.map(({ peakMiB }) => peakMiB)),
  };
}
