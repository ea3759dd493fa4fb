// `npm run bench:scale`: how the connector grows with its workers. Many accounts are read for the first time from an emulator with
// Gem's own limit and latency, by 1, 2 and 4 workers on PostgreSQL, while a small account asks for its changes. `-- --help`
// says what can be changed.
//
// Each worker reads one account at once, as `--syncs-at-once` says. A worker waits for Gem most of the time, and what is asked here is
// whether others wait for nothing else beside it: the queue, locks, the database. Emulator, database and workers share one machine, so
// that with many places in each worker it would be its processors that are measured. How many places one processor carries is told.
import { cpus } from 'node:os';
import { flag, option } from '../../../contracts/server/options.ts';
import { readCommandLine, readPositive } from '../command-line.ts';
import { start } from '../children.ts';
import { postgres } from '../connector/databases.ts';
import type { EmulatorSetting } from './emulator.ts';
import { measure, measureStatements, type Measured } from './measure.ts';
import { table } from './table.ts';
import { measureWatching, type Watching } from './watching.ts';

/** All that one run of the bench finds out. */
export interface Results {
  cores: number;
  accounts: { count: number; candidates: number };
  latency: number;
  syncsAtOnce: number;
  statements: number;
  measured: Measured[];
  watching: Watching;
}

const { options } = readCommandLine(
  'npm run bench:scale --',
  {
    json: flag('--json', 'print one JSON object and no table'),
    minutes: option('--minutes <number>', 'end it sooner: what is not measured by then is left out', {
      read: readPositive,
      default: 10,
    }),
    integrations: option('--integrations <number>', 'how many accounts are read', {
      read: readPositive,
      default: 20,
    }),
    candidates: option('--candidates <number>', 'how many candidates each of them has', {
      read: readPositive,
      default: 5000,
    }),
    workers: option('--workers <numbers>', 'with how many workers each, such as 1,2,4', {
      read: readWorkers,
      default: [1, 2, 4],
      defaultInWords: '1,2,4',
    }),
    latency: option('--latency <milliseconds>', 'how long Gem takes for an answer', {
      read: readPositive,
      default: 80,
    }),
    syncsAtOnce: option('--syncs-at-once <number>', 'how many accounts a worker reads at once', {
      read: readPositive,
      default: 1,
    }),
  },
  (command) => command.description('Measures how the connector grows with its workers.'),
);
const { minutes, integrations: count, candidates, latency, syncsAtOnce } = options;
const say = (line: string) => void process.stderr.write(`${line}\n`);

const large = Array.from({ length: count }, (_, index) => `Large${String(index).padStart(35, '0')}`);
const small = 'Small'.padEnd(40, '0');
say(`building ${count} accounts of ${candidates} candidates`);
const setting: EmulatorSetting = {
  accounts: [{ apiKey: small, candidates: 50 }, ...large.map((apiKey) => ({ apiKey, candidates }))],
  latency,
};
const [emulator, started] = await start('scale/emulator.ts', JSON.stringify(setting));
const database = await postgres();
const signal = AbortSignal.timeout(minutes * 60_000);
try {
  const { url } = started as { url: string };
  const run = { database, url, large, small, candidates, syncsAtOnce, signal, say };
  say('watching a thousand integrations');
  const watching = await measureWatching(database, 1000);
  say('counting statements');
  const statements = await measureStatements({ ...run, workers: 0 });
  const measured: Measured[] = [];
  for (const workers of options.workers) {
    if (signal.aborted) say(`${workers} workers: left out, the time is over`);
    else measured.push(await measure({ ...run, workers }));
  }
  const results: Results = {
    cores: cpus().length,
    accounts: { count, candidates },
    latency,
    syncsAtOnce,
    statements,
    measured,
    watching,
  };
  process.stdout.write(options.json ? `${JSON.stringify(results, null, 2)}\n` : table(results));
} finally {
  emulator.stop();
  await database.stop();
}

function readWorkers(text: string): number[] {
  return text.split(',').map(readPositive);
}
