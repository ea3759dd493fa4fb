import { existsSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { controlDescription } from '../../../contracts/control.ts';
import { createValidator } from '../../../contracts/validator.ts';
import {
  loadScenario,
  readSettings,
  settleParameters,
  type ScenarioReference,
  defaultAnchor,
} from '../../../seeds/index.ts';
import { nearest } from '../../../seeds/nearest.ts';
import { ControlRefused } from '../../control/client.ts';
import { explain } from '../../problems/explain.ts';
import type { Fault } from '../../faults/fault.ts';
import { readVariation, collect, readApiKey, readDuration, readInstant, readWhole } from '../arguments.ts';
import { defaultApplicationSecret, type MockGem, type MockGemOptions, defaultApiKey } from '../../server.ts';
import { defaultSwitches, switchDescriptions, type Switches } from '../../world/switches.ts';

/** What can be given to `mock-gem serve`. */
export interface ServeOptions {
  port: number;
  host: string;
  publicUrl?: string;
  trustProxy?: true;
  cors?: string[];
  scenario: ScenarioReference;
  set?: string[];
  seed: string;
  anchor: string;
  snapshot?: string;
  snapshots?: string;
  apiKey: string;
  refuseUnknownKeys?: true;
  /** Seconds. */
  idleWorlds: number;
  rateLimit: boolean;
  lenient?: true;
  refuseAssumptions?: true;
  switch?: string[];
  /** A seed, or guesses and their forms. */
  variation?: string[];
  /** An instant, or where the clocks stand. */
  freeze?: string | true;
  activity?: number;
  fault?: string[];
  log?: 'text' | 'json';
  logSize: number;
  json?: true;
  control: boolean;
  checkAnswers?: true;
}

/**
 * Makes a server's options of what was given on the command line and in the environment.
 *
 * @throws Error that says in one line what will not do
 */
export async function readServeOptions(options: ServeOptions): Promise<MockGemOptions> {
  const scenario = await loadScenario(options.scenario);
  settleParameters(scenario.parameters, readSettings(options.set ?? []));
  const { GEM_APPLICATION_SECRET: secret, GEM_CONTROL_TOKEN: controlToken } = process.env;
  const { freeze } = options;
  return {
    port: options.port,
    host: options.host,
    scenario: options.scenario,
    parameters: readSettings(options.set ?? []),
    seed: options.seed,
    anchor: options.anchor,
    apiKey: options.apiKey,
    applicationSecret: secret || defaultApplicationSecret,
    unknownKeys: options.refuseUnknownKeys ? 'refuse' : 'fork',
    idleSeconds: options.idleWorlds,
    logSize: options.logSize,
    switches: readSwitches(options),
    control: options.control,
    checkAnswers: options.checkAnswers ?? false,
    trustProxy: options.trustProxy ?? false,
    ...(options.cors && { cors: options.cors }),
    ...(options.publicUrl !== undefined && { publicUrl: options.publicUrl }),
    ...(options.snapshot !== undefined && { snapshot: options.snapshot }),
    ...(options.snapshots !== undefined && { snapshots: options.snapshots }),
    ...(controlToken && { controlToken }),
    ...(freeze !== undefined && {
      worldClock: { state: 'frozen' as const, ...(freeze !== true && { now: freeze }) },
    }),
  };
}

/**
 * Arms faults and sets recruiters to work in the first world.
 *
 * @throws Error that says in one line what will not do
 */
export async function prepareWorld(gem: MockGem, options: ServeOptions): Promise<void> {
  const { fault: faults = [], activity = 0 } = options;
  if (faults.length === 0 && activity === 0) return;
  const world = await gem.control.world();
  for (const text of faults) {
    await world.faults.arm(readFault(text)).catch((error: unknown) => {
      if (!(error instanceof ControlRefused)) throw error;
      // Where it stands is told from within the fault; whoever wrote it knows no request.
      const reasons = error.problems.map(({ path, message }) => {
        const place = path.replace(/^body\.?/, '');
        return place.includes('.') ? `${place}: ${message}` : message;
      });
      throw new Error(`--fault ${text} cannot be: ${reasons.join('; ')}`, { cause: error });
    });
  }
  if (activity > 0) await world.simulation.start(activity);
}

function readFault(text: string): Fault {
  try {
    return JSON.parse(text) as Fault;
  } catch {
    throw new Error(`--fault takes JSON such as {"fault":"status","status":500}, not ${text}`);
  }
}

function readSwitches(options: ServeOptions): Partial<Switches> {
  const chosen = Object.entries(readSettings(options.switch ?? [])).map(([name, value]) => {
    refuseUnknown(name);
    return [name, readValue(value)] as const;
  });
  const switches = {
    ...(!options.rateLimit && { rate_limit: 'off' as const }),
    ...(options.lenient && { checking: 'lenient' as const }),
    ...(options.refuseAssumptions && { assumptions: 'refuse' as const }),
    ...(options.variation && { variation: readVariation(options.variation) }),
    ...Object.fromEntries(chosen),
  };
  if (chosen.length > 0 || options.variation) refuseWrong({ ...defaultSwitches, ...switches });
  return switches;
}

function refuseWrong(switches: object): void {
  const validator = createValidator(controlDescription, { unknownFields: 'refuse' });
  const [wrong] = explain(validator.schema('Switches', switches), 'the switches');
  if (wrong) throw new Error(`--switch ${wrong.path}: ${wrong.message}`);
}

function refuseUnknown(name: string): void {
  const known = switchDescriptions.map((one) => one.name);
  if (known.some((one) => one === name)) return;
  const meant = nearest(name, known);
  throw new Error(`no switch is called "${name}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`);
}

/** JSON where it is JSON, and a text everywhere else. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

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
