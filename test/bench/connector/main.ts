// `npm run bench:connector`: what syncs cost, beside the least that they have to do: fetch the same pages and insert
// their raw JSON. Only the ratios carry over to another machine; where it does other work too, those of processor time
// carry over best.
import { cpus, totalmem } from 'node:os';
import { flag, option } from '../../../contracts/server/options.ts';
import { readCommandLine, readPositive } from '../command-line.ts';
import { start } from '../children.ts';
import { pglite, postgres } from './databases.ts';
import type { Started } from './emulator.ts';
import { measure, type Account, type Effort, type Measured } from './measure.ts';
import { table } from './table.ts';

/** All that one run of the bench finds out. */
export interface Results {
  machine: { node: string; platform: string; cpu: string; cores: number; memoryGiB: number };
  /** Candidates in the small account; candidates and applications in the large one; changes before a delta sync. */
  sizes: { small: number; candidates: number; applications: number; changes: number };
  measured: Measured[];
}

const { options } = readCommandLine(
  'npm run bench:connector --',
  {
    json: flag('--json', 'print one JSON object and no table'),
    quick: flag('--quick', 'see whether it runs, with small accounts'),
    minutes: option('--minutes <number>', 'end it sooner, with fewer rounds', {
      read: readPositive,
      default: 10,
    }),
  },
  (command) => command.description('Measures syncs and lists of the connector, on both kinds of database.'),
);
const say = (line: string) => void process.stderr.write(`${line}\n`);
/** Worlds are built before anything is measured, which takes a while. */
const milliseconds = (options.minutes * 60_000 * 0.9) / 2;
const effort: Effort = options.quick
  ? { rounds: 1, deltas: 1, changes: 10, milliseconds }
  : { rounds: 3, deltas: 15, changes: 100, milliseconds };
say('building the accounts');
const small = await open(options.quick ? 100 : 1000);
const large = await open(options.quick ? 1000 : 100_000);
const databases = [await postgres(), pglite];
try {
  const measured: Measured[] = [];
  for (const database of databases) measured.push(await measure(database, { small, large }, effort, say));
  const results: Results = {
    machine: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 1024 ** 3),
    },
    sizes: {
      small: small.candidates,
      candidates: large.candidates,
      applications: large.applications,
      changes: effort.changes,
    },
    measured,
  };
  process.stdout.write(options.json ? `${JSON.stringify(results, null, 2)}\n` : table(results));
} finally {
  for (const { child } of [small, large]) child.stop();
  for (const database of databases) await database.stop();
}

async function open(candidates: number): Promise<Account> {
  const [child, started] = await start('connector/emulator.ts', String(candidates));
  return { ...(started as Started), child };
}
