import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { CannotVerify } from '../../../contracts/harness/gem/caller.ts';
import { describeDrift, readDrift } from '../../../contracts/drift/drift.ts';
import { driftPatch } from '../../../contracts/drift/patch.ts';
import {
  listGemPromises,
  verifyGem,
  type GemProgress,
  type GemReport,
  type VerifyGem,
} from '../../../contracts/harness/gem/verify-gem.ts';
import { toTable } from '../../../contracts/harness/report/table.ts';
import {
  addOptions,
  environment,
  flag,
  group,
  option,
  repeated,
  type OptionsOf,
} from '../../../contracts/server/options.ts';
import { startMockGem } from '../../server.ts';
import { readDuration, readWhole } from '../arguments.ts';
import { reportOptions, writeReports } from './reports.ts';
import { createEstimate } from './progress.ts';
import { isColored } from '../../../contracts/harness/report/paint.ts';
import { abortOnSignal, columnsOf, processTerminal, type Stream, type Terminal } from '../terminal.ts';

const verifyGemOptions = {
  url: option('--url <address>', 'its address; by default an emulator is started'),
  jobBoard: option('--job-board <word>', 'the word of its job board, as in jobs.gem.com/{word}'),
  allowWrites: flag(
    '--allow-writes',
    'create made-up candidates there, change them, and delete them again; always done with its own emulator',
  ),
  perSecond: option(
    '--per-second <requests>',
    'how many requests a second, at most; Gem allows 20; 0 for no limit (default: 10; none for the own emulator)',
    { read: readWhole },
  ),
  /** Seconds. */
  timeout: option('--timeout <time>', 'how long an answer may take (default: 35 seconds)', {
    read: readDuration,
  }),
  /** Seconds. */
  limit: option(
    '--limit <time>',
    'how long all of it may take; then what was seen is reported (default: 15 minutes)',
    {
      read: readDuration,
    },
  ),
  samples: option('--samples <records>', 'how many records of each list are read', {
    read: readWhole,
    default: 100,
  }),
  promise: repeated('--promise <name>', 'only this one; may be repeated'),
  list: flag('--list', 'list every promise, and verify nothing'),
  drift: option('--drift <file>', 'write what was learnt as a patch of contracts/gem.openapi.yaml'),
  ...group('Reports:', reportOptions),
  apiKey: environment('GEM_API_KEY', 'key of the account, with --url'),
  applicationSecret: environment('GEM_APPLICATION_SECRET', "the partner's secret there, if it has one"),
};

type Options = OptionsOf<typeof verifyGemOptions>;

/** Adds `mock-gem verify gem`: verifies a server by the promises of the Gem description. */
export function addVerifyGemCommand(verify: Command, terminal: Terminal = processTerminal): void {
  const command = verify
    .command('gem')
    .description('verify a server that claims to be Gem by every promise of the Gem description');
  addOptions(command, verifyGemOptions, terminal.env)
    .addHelpText('after', help)
    // Exit code 1 is for broken promises.
    .exitOverride(({ exitCode }) => terminal.end(exitCode === 0 ? 0 : 2, true))
    .action((options: Options) => run(options, terminal));
}

const help = `
Key and secret are no options, so that neither stands on the command line. Nothing is written to a server of others
without --allow-writes, and no report holds a value of a record.

Exit codes: 0 no promise was broken, 1 one was, 2 it could not run, or not come to its end.

Examples:
  mock-gem verify gem                                    the emulator itself
  GEM_API_KEY=… mock-gem verify gem --url https://api.gem.com --drift drift.patch
  mock-gem verify gem --promise keys-in-alphabetical-order --promise Job`;

async function run(options: Options, terminal: Terminal): Promise<void> {
  const { stdout, stderr, env, end } = terminal;
  try {
    if (options.list) {
      stdout.write(await listOfPromises());
      return end(0, false);
    }
    const report = await verify(options, terminal);
    stdout.write(toTable(report, { columns: columnsOf(stdout), isColored: isColored(stdout, env) }));
    stdout.write(await driftReport(report, options.drift));
    if (report.left > 0)
      stderr.write(
        `${report.left} made-up candidates could not be deleted; their e-mail addresses begin with mock-gem-\n`,
      );
    await writeReports(report, options);
    if (report.incomplete !== undefined)
      stderr.write(`mock-gem: given up before the end: ${report.incomplete}\n`);
    end(exitCodeOf(report), false);
  } catch (error) {
    stderr.write(`mock-gem: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`);
    end(2, false);
  }
}

function exitCodeOf({ entries, incomplete }: GemReport): 0 | 1 | 2 {
  if (entries.some(({ state }) => state === 'broken')) return 1;
  return incomplete === undefined ? 0 : 2;
}

async function verify(options: Options, terminal: Terminal): Promise<GemReport> {
  const { stderr } = terminal;
  const interruption = abortOnSignal(terminal);
  const progress = showProgress(stderr);
  const common = {
    // Its own emulator holds no data of others.
    allowWrites: options.allowWrites ?? options.url === undefined,
    samples: Math.max(1, options.samples),
    answerLimit: options.timeout === undefined ? undefined : options.timeout * 1000,
    limit: options.limit === undefined ? undefined : options.limit * 1000,
    promises: options.promise,
    signal: interruption.controller.signal,
    onProgress: progress.update,
  };
  try {
    return options.url === undefined
      ? await verifyOwn(options, common)
      : await verifyGem({
          ...common,
          ...accessTo(options.url, options),
          perSecond: options.perSecond,
          vanity: options.jobBoard,
        });
  } finally {
    interruption.release();
    progress.finish();
  }
}

async function verifyOwn(options: Options, common: Omit<VerifyGem, 'url' | 'apiKey'>): Promise<GemReport> {
  const gem = await startMockGem({ port: 0, scenario: 'every-promise', switches: { rate_limit: 'off' } });
  try {
    return await verifyGem({
      ...common,
      url: gem.url,
      subject: 'the emulator, with the scenario every-promise',
      apiKey: gem.apiKey,
      applicationSecret: gem.applicationSecret,
      vanity: options.jobBoard ?? gem.world.company.vanity,
      perSecond: options.perSecond ?? 0,
    });
  } finally {
    await gem.close();
  }
}

function accessTo(
  url: string,
  { apiKey, applicationSecret }: Options,
): Pick<VerifyGem, 'url' | 'apiKey' | 'applicationSecret'> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new CannotVerify(`"${url}" is no address; it looks like https://api.gem.com`);
  }
  if (apiKey === undefined) throw new CannotVerify('put the key of the account into GEM_API_KEY');
  return { url: new URL(url).origin, apiKey, applicationSecret };
}

/** The drift in words; with `--drift`, it is also written to a file. */
async function driftReport(report: GemReport, file: string | undefined): Promise<string> {
  const drift = readDrift(report);
  const description = file !== undefined || !drift.isEmulator ? `\n${describeDrift(drift)}` : '';
  if (file === undefined) return description;
  const patch = driftPatch(drift);
  await writeFile(file, patch).catch((cause: unknown) => {
    throw new Error(`the patch cannot be written to ${file}`, { cause });
  });
  return patch === ''
    ? `${description}${file} is empty: there is nothing to change.\n`
    : `${description}Wrote ${file}; apply it with patch -p1.\n`;
}

async function listOfPromises(): Promise<string> {
  const entries = listGemPromises();
  const groups = [...new Set(entries.map(({ group }) => group))];
  return groups
    .map((group) => {
      const lines = entries
        .filter((entry) => entry.group === group)
        .map(({ name, statement }) => `  ${name}: ${statement}`);
      return `${group}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

/** Shows the current step on a terminal, in one line that is overwritten. */
function showProgress(stream: Stream): { update(progress: GemProgress): void; finish(): void } {
  const show = (line: string) => void (stream.isTTY && stream.write(`\r\u001b[2K${line}`));
  let estimate = createEstimate();
  let last: GemProgress['phase'] | undefined;
  return {
    update({ phase, done, of, name }) {
      if (phase !== last) estimate = createEstimate();
      last = phase;
      show(`${phase} ${done + 1} of ${of} (${estimate(done, of)}): ${name}`);
    },
    finish: () => show(''),
  };
}
