// `npm run test:deep -- --minutes 30`: what is too long for every push, again and again with new chance and more of it,
// until the time is up. It ends with 1 at the first failure.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '20' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  process.stderr.write('--minutes must be a number above 0, such as 20\n');
  process.exit(2);
}
const end = performance.now() + minutes * 60_000;
/** Milliseconds. */
const grace = 180_000;

/** What runs in each round; what has no chance in it runs once. */
const suites = {
  'a sync killed fifty times on each database': 'test/connector/work/kills.test.ts',
  'a thousand lost answers to writes under each choice of Gem': 'test/connector/actions/lost-writes.test.ts',
  'changes, syncs, crashes and restarts': 'test/connector/sync/laws.property.test.ts',
  'nearly right calls of every operation': 'test/mock-server/fuzz.property.test.ts',
  'recruiters against a model, the emulator and the connector': 'test/contracts/model-based.property.test.ts',
  'every rule on worlds that nobody has seen': 'test/contracts/every-rule.test.ts',
  'every mutant that shows things wrongly': 'test/contracts/every-showing-mutant.test.ts',
  'every mutant that does things wrongly': 'test/contracts/every-doing-mutant.test.ts',
} as const;
const onlyOnce = /kills|mutant|lost-writes/;

for (let round = 1; performance.now() < end; round += 1) {
  const runs = 20 * round;
  for (const [title, file] of Object.entries(suites)) {
    if (performance.now() >= end) break;
    if (round > 1 && onlyOnce.test(file)) continue;
    const seed = randomInt(2 ** 31);
    process.stdout.write(`round ${round}: ${title} (${runs} runs, seed ${seed})\n`);
    const outcome = await run(file, { DEEP: '1', DEEP_RUNS: String(runs), DEEP_SEED: String(seed) });
    if (outcome === 'out of time') process.stdout.write('  cut off: the time is up\n');
    if (outcome === 'failed') process.exit(1);
  }
}
process.stdout.write(`nothing failed in ${minutes} minutes\n`);

/** Runs one file of tests; what it prints is shown. It may run over the end by a few minutes, not by more. */
function run(file: string, env: Record<string, string>): Promise<'passed' | 'failed' | 'out of time'> {
  const config = ['--config', 'test/vitest.config.ts', '--project', 'suite'];
  const child = spawn('vitest', ['run', ...config, file], {
    stdio: ['ignore', 'inherit', 'inherit'],
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
