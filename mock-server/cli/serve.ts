import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Option, type Command } from 'commander';
import { defaultAnchor } from '../../seeds/index.ts';
import { defaultApiKey, startMockGem, type MockGem } from '../server.ts';
import { collect, readApiKey, readDuration, readInstant, readPort, readUrl, readWhole } from './arguments.ts';
import { stopWithNpm } from '../../contracts/stop-with-npm.ts';
import { fail, startWhenFree, stopOnSignal } from './lifecycle.ts';
import { createRequestPrinter } from './request-lines.ts';
import { serveBanner, serveHelp, serveSummary } from './serve-texts.ts';
import { prepareWorld, readServeOptions, type ServeOptions } from './serve-options.ts';

/** Adds `mock-gem serve`: the emulator alone. */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description("run the emulator of Gem's APIs")
    .optionsGroup('Where it listens:')
    .option('--port <number>', 'port; 0 takes any free one', readPort, 4010)
    .option('--host <address>', 'address; only this machine reaches the default', '127.0.0.1')
    .option(
      '--public-url <url>',
      'where clients reach it, for links to files; default: where they ask',
      readUrl,
    )
    .option('--trust-proxy', 'believe X-Forwarded-Proto and X-Forwarded-Host of a proxy in front, for links')
    .option(
      '--cors <origin>',
      'let pages of this origin ask, such as http://localhost:5173; * for any; may be repeated',
      collect,
    )
    .optionsGroup('What worlds hold:')
    .option('--scenario <name>', 'a name from `mock-gem scenario list`, or the path of a file', 'default')
    .option('--set <key=value>', 'a value for a parameter of the scenario; may be repeated', collect)
    .option('--seed <text>', 'names, ids and choices follow from it', 'mock-gem')
    .option(
      '--anchor <instant>',
      'what the scenario calls now; `now` is the present',
      readAnchor,
      defaultAnchor,
    )
    .option(
      '--snapshot <file>',
      'keep the first world in this file: read at the start, written when it is stopped',
    )
    .option('--snapshots <folder>', 'keep named snapshots here; without it they end with the server')
    .optionsGroup('Who gets in:')
    .option('--api-key <key>', 'forty letters and digits; opens the first world', readApiKey, defaultApiKey)
    .option(
      '--refuse-unknown-keys',
      'answer 403 to keys nobody named, instead of giving each a world of its own',
    )
    .addOption(
      new Option('--idle-worlds <time>', 'drop worlds that nobody asked for in so long')
        .argParser(readDuration)
        .default(day, '1 day'),
    )
    .optionsGroup('How worlds behave:')
    .option('--no-rate-limit', 'never answer 429')
    .option('--lenient', 'leave out of requests what Gem would refuse, and note it, instead of refusing')
    .option('--refuse-assumptions', 'answer 501 to whatever nothing proves that Gem does so')
    .option('--switch <name=value>', 'choose where Gem is not known; may be repeated', collect)
    .option(
      '--variation <seed>',
      'let what nothing proves take other forms; a text or number, or guess=form, which may be repeated',
      collect,
    )
    .option('--freeze [instant]', "stop the worlds' clocks, at this instant or where they stand", readInstant)
    .option('--activity <events>', 'recruiters at work in the first world: so many events an hour', readWhole)
    .option('--fault <json>', 'arm a fault in the first world; may be repeated', collect)
    .optionsGroup('What it tells:')
    .addOption(new Option('--log <form>', 'print every request').choices(['text', 'json']))
    .option('--log-size <requests>', 'how many requests each world remembers', readWhole, 1000)
    .option('--json', 'print one line of JSON when it is ready, in place of the banner')
    .optionsGroup('Else:')
    .option('--no-control', 'leave out the control API')
    .option('--check-answers', 'hold every answer against the API description (slower)')
    .addHelpText('after', serveHelp)
    .action(serve);
}

async function serve(options: ServeOptions, command: Command): Promise<void> {
  const chosen = ['scenario', 'set', 'seed', 'anchor'].filter(
    (name) => command.getOptionValueSource(name) === 'cli',
  );
  if (options.snapshot !== undefined && chosen.length > 0 && existsSync(options.snapshot)) {
    const named = chosen.map((name) => `--${name}`).join(' and ');
    process.stderr.write(
      `mock-gem: the first world is the one in ${options.snapshot}; ${named} ${chosen.length > 1 ? 'are' : 'is'} for the others\n`,
    );
  }
  const starting = start(options);
  // It may be told to stop before it has started; then it does so as soon as it can, and not much later in any case.
  const stop = async () => {
    const inTime = setTimeout(patience, undefined, { ref: false });
    await (await Promise.race([starting, inTime]))?.close();
  };
  stopOnSignal(stop);
  stopWithNpm(stop);
  const gem = await starting.catch((error: unknown) => fail(error, '--port'));
  process.stdout.write(options.json ? `${JSON.stringify(serveSummary(gem))}\n` : serveBanner(gem, options));
}

async function start(options: ServeOptions): Promise<MockGem> {
  const settings = await readServeOptions(options);
  const printer = options.log && createRequestPrinter(options.log);
  const gem = await startWhenFree(() =>
    startMockGem({ ...settings, ...(printer && { onRequest: printer }) }),
  );
  try {
    await prepareWorld(gem, options);
    return gem;
  } catch (error) {
    await gem.close();
    throw error;
  }
}

function readAnchor(text: string): string {
  return text === 'now' ? new Date().toISOString() : readInstant(text);
}

/** Milliseconds that a start which is to be broken off may still take. */
const patience = 3000;

/** Seconds. */
const day = 24 * 60 * 60;
