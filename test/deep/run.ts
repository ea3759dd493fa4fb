// What is too long for every push, or needs programs, a browser or a disk.
import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { matchesGlob } from 'node:path';
import { parseArgs } from 'node:util';
import { thorough } from '../vitest.config.ts';
import { once, repeated } from './suites.ts';

const config = ['--config', 'test/vitest.config.ts'];

const usage = `npm run test:deep -- [--short | --minutes <number> | --only <word>] [--runs <number>] [--kills <number>]

Runs the suites that are too long for every push again and again, each time with new chance and more of it, until the time
is up. Ends with 1 at the first failure.

  --short    instead, once and as short as it can be: what starts programs or a browser, the embedded database, and all
             mutants and failures of which npm test takes some
  --minutes  how long; 20 if nothing is said
  --only     only the suites with this word in their title or file, once
  --runs     how much of what has chance in it; otherwise more in each round
  --kills    how often processes are killed; 100, or 1000 with --only, if nothing is said
`;
const values = readArguments();
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
/** Commands of packages are scripts there, which only a shell runs. */
const shell = process.platform === 'win32';
if (values.short) {
  const projects = ['programs', 'embedded', 'broad'].flatMap((name) => ['--project', name]);
  const { status } = spawnSync('vitest', ['run', ...config, ...projects], { stdio: 'inherit', shell });
  process.exit(status ?? 1);
}
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  process.stderr.write('--minutes must be a number above 0, such as 20\n');
  process.exit(2);
}
const end = performance.now() + minutes * 60_000;
/** Milliseconds. */
const grace = 180_000;

const suites = { ...once, ...repeated };
const chosen = Object.entries(suites).filter(([title, file]) =>
  `${title} ${file}`.includes(values.only ?? ''),
);
if (chosen.length === 0) {
  process.stderr.write(`no suite has ${values.only} in its name: ${Object.values(suites).join(', ')}\n`);
  process.exit(2);
}

for (let round = 1; performance.now() < end; round += 1) {
  const runs = Number(values.runs ?? 20 * round);
  if (round > 1 && values.only !== undefined) break;
  for (const [title, file] of chosen) {
    if (performance.now() >= end) break;
    if (round > 1 && title in once) continue;
    const seed = randomInt(2 ** 31);
    process.stdout.write(`round ${round}: ${title} (${runs} runs, seed ${seed})\n`);
    const outcome = await run(file, {
      DEEP: '1',
      DEEP_RUNS: String(runs),
      DEEP_SEED: String(seed),
      KILLS: values.kills ?? (values.only === undefined ? '100' : '1000'),
    });
    if (outcome === 'out of time') process.stdout.write('  cut off: the time is up\n');
    if (outcome === 'failed') process.exit(1);
  }
}
process.stdout.write(`nothing failed in ${minutes} minutes\n`);

function readArguments() {
  try {
    return parseArgs({
      options: {
        minutes: { type: 'string', default: '20' },
        short: { type: 'boolean', default: false },
        only: { type: 'string' },
        runs: { type: 'string' },
        kills: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

/** Each file runs in one project alone: some are in two. */
function projectOf(file: string): string {
  if (file.endsWith('.program.test.ts')) return 'programs';
  return thorough.some((pattern) => matchesGlob(file, pattern)) ? 'broad' : 'suite';
}

/** Runs one file of tests; what it prints is shown. It may run over the end by a few minutes, not by more. */
function run(file: string, env: Record<string, string>): Promise<'passed' | 'failed' | 'out of time'> {
  const child = spawn('vitest', ['run', ...config, '--project', projectOf(file), file], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell,
    env: { ...process.env, ...env },
  });
  let isLate = false;
  const late = setTimeout(
    () => {
      isLate = true;
      child.kill('SIGTERM');
    },
    Math.max(end - performance.now(), 0) + grace,
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(late);
      resolve(isLate ? 'out of time' : code === 0 ? 'passed' : 'failed');
    });
  });
}
