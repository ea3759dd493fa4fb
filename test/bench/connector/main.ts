// `npm run bench:connector`: what syncs cost, beside the least that they have to do: fetch the same pages and insert
// their raw JSON. Only the ratios carry over to another machine; where it does other work too, those of processor time
// carry over best. `--json` prints one JSON object, `--quick` tries everything out in small, `--minutes` (10 of them) says
// about how long it may take: what is measured more than once is measured less often then.
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
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

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
  },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  process.stderr.write(`bench:connector: "${values.minutes}" is not a number of minutes\n`);
  process.exit(2);
}
const say = (line: string) => void process.stderr.write(`${line}\n`);
/** Worlds are built before anything is measured, which takes a while. */
const milliseconds = (minutes * 60_000 * 0.9) / 2;
const effort: Effort = values.quick
  ? { rounds: 1, deltas: 1, changes: 10, milliseconds }
  : { rounds: 3, deltas: 15, changes: 100, milliseconds };
say('building the accounts');
const small = await open(values.quick ? 100 : 1000);
const large = await open(values.quick ? 1000 : 100_000);
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
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : table(results));
} finally {
  for (const { child } of [small, large]) child.stop();
  for (const database of databases) await database.stop();
}

async function open(candidates: number): Promise<Account> {
  const [child, started] = await start('connector/emulator.ts', String(candidates));
  return { ...(started as Started), child };
}
