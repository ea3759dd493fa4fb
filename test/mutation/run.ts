// `npm run test:mutation -- --help` says what it takes.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { summarise } from './summarise.ts';

const help = `npm run test:mutation -- [--incremental] [--tests <glob>] [--concurrency <number>] [<folder> | <file>]...

Changes the connector's sources in every small way, sees whether the tests notice, and writes what it found to
test/mutation.md. Ends with 1 where a change is neither noticed nor explained, or a folder has a score below its floor.

  <folder>       models, policy, actions, webhooks, sync, api, api/general, api/lists or api/webhooks; models and policy if
                 nothing is named
  <file>         such as connector/models/drift.ts: this file alone, and of its folder what the last run with
                 --incremental found
  --incremental  what did not change since the last run with --incremental is not run again
  --tests        only these tests, and not all that are named for the folder: a quick look, in which more may survive
  --concurrency  how many changes are tried at the same time; 2 if nothing is said

A change takes one to ten seconds, so that a folder takes from half an hour to two hours. Progress is shown.
`;
const folders = [
  'models',
  'policy',
  'actions',
  'webhooks',
  'sync',
  'api',
  'api/general',
  'api/lists',
  'api/webhooks',
];

const { values, positionals } = readArguments();
if (values.help) {
  process.stdout.write(help);
  process.exit(0);
}
const named = positionals.length > 0 ? positionals : ['models', 'policy'];
for (const name of named) {
  if (!folderOf(name)) refuse(`${name} is neither a folder that can be named nor a file of one`);
}
for (const [folder, names] of Map.groupBy(named, (name) => folderOf(name) ?? '')) {
  const files = names.includes(folder) ? [] : names;
  const isIncremental = values.incremental || files.length > 0;
  const flags = [
    ['run', '.config/stryker.config.js', '--concurrency', values.concurrency],
    isIncremental ? ['--incremental'] : [],
    files.length > 0 ? ['--mutate', files.join(',')] : [],
  ].flat();
  // A zone other than UTC shows where a moment without a zone is taken for one of the machine's.
  run('stryker', flags, {
    MUTATE: folder,
    TZ: 'America/New_York',
    ...(values.tests && { MUTATION_TESTS: values.tests }),
  });
}
const problems = summarise('.mutation');
run('oxfmt', ['test/mutation.md']);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        help: { type: 'boolean', default: false },
        incremental: { type: 'boolean', default: false },
        tests: { type: 'string' },
        concurrency: { type: 'string', default: '2' },
      },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** The folder that a name stands for, or that a file is in. */
function folderOf(name: string): string | undefined {
  if (folders.includes(name)) return name;
  return folders.find((folder) => dirname(name) === `connector/${folder}` && existsSync(name));
}

function refuse(problem: string): never {
  process.stderr.write(`${problem}\n\n${help}`);
  process.exit(2);
}

/** Runs a tool of the project, and goes no further when it fails. */
function run(tool: string, flags: readonly string[], more: Readonly<Record<string, string>> = {}): void {
  const env = { ...process.env, ...more };
  const shell = process.platform === 'win32';
  const { status } = spawnSync(join('node_modules', '.bin', tool), flags, { stdio: 'inherit', env, shell });
  if (status !== 0) process.exit(status ?? 1);
}
