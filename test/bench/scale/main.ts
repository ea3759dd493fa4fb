// `npm run bench:scale`: how the connector grows with its workers. Many accounts are read for the first time from an emulator with
// Gem's own limit and latency, by 1, 2 and 4 workers on PostgreSQL, while a small account asks for its changes. `--json` prints
// one JSON object; `--minutes` ends it sooner, `--integrations` and `--candidates` make it smaller.
//
// Each worker reads one account at once, as `--syncs-at-once` says. A worker waits for Gem most of the time, and what is asked here is
// whether others wait for nothing else beside it: the queue, locks, the database. Emulator, database and workers share one machine, so
// that with many places in each worker it would be its processors that are measured. How many places one processor carries is told.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
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

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
    integrations: { type: 'string', default: '20' },
    candidates: { type: 'string', default: '5000' },
    workers: { type: 'string', default: '1,2,4' },
    latency: { type: 'string', default: '80' },
    'syncs-at-once': { type: 'string', default: '1' },
  },
});
const [minutes, count, candidates, latency, syncsAtOnce] = [
  values.minutes,
  values.integrations,
  values.candidates,
  values.latency,
  values['syncs-at-once'],
].map((text) => {
  const number = Number(text);
  if (number > 0) return number;
  process.stderr.write(`bench:scale: "${text}" is not a number above 0\n`);
  process.exit(2);
}) as [number, number, number, number, number];
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
  for (const workers of values.workers.split(',').map(Number)) {
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
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : table(results));
} finally {
  emulator.stop();
  await database.stop();
}
