// `npm run test:mutation` mutates `connector/models` and `connector/policy`, one after the other; with the names of folders
// after `--`, such as `actions`, those. With INCREMENTAL=1, what did not change since the last run is not run again. It ends
// with the page.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { summarise } from './summarise.ts';

const named = process.argv.slice(2);
for (const folder of named.length > 0 ? named : ['models', 'policy']) {
  run(
    'stryker',
    ['run', '.config/stryker.config.js', ...(process.env['INCREMENTAL'] ? ['--incremental'] : [])],
    folder,
  );
}
const problems = summarise('.mutation');
run('oxfmt', ['test/mutation.md']);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** Runs a tool of the project, and goes no further when it fails. */
function run(tool: string, flags: readonly string[], folder = ''): void {
  const env = { ...process.env, MUTATE: folder };
  const shell = process.platform === 'win32';
  const { status } = spawnSync(join('node_modules', '.bin', tool), flags, { stdio: 'inherit', env, shell });
  if (status !== 0) process.exit(status ?? 1);
}
