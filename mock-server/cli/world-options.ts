import { existsSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { defaultAnchor } from '../../seeds/index.ts';
import { defaultApiKey } from '../server.ts';
import { collect, readApiKey, readDuration, readInstant, readWhole } from './arguments.ts';
import type { ServeOptions } from './serve-options.ts';

/** Adds what both `serve` and `dev` can be told of the emulator's worlds. */
export function addWorldOptions(command: Command): Command {
  return command
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
    .option(
      '--cors <origin>',
      'let pages of this origin ask, such as http://localhost:5173; * for any; may be repeated',
      collect,
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
    .option('--log-size <requests>', 'how many requests each world remembers', readWhole, 1000);
}

/** What somebody should know of the options together; undefined where there is nothing to say. */
export function remarkOn(options: ServeOptions, command: Command): string | undefined {
  const chosen = ['scenario', 'set', 'seed', 'anchor'].filter(
    (name) => command.getOptionValueSource(name) === 'cli',
  );
  if (options.snapshot === undefined || chosen.length === 0 || !existsSync(options.snapshot))
    return undefined;
  const named = chosen.map((name) => `--${name}`).join(' and ');
  return `the first world is the one in ${options.snapshot}; ${named} ${chosen.length > 1 ? 'are' : 'is'} for the others`;
}

function readAnchor(text: string): string {
  return text === 'now' ? new Date().toISOString() : readInstant(text);
}

/** Seconds. */
const day = 24 * 60 * 60;
