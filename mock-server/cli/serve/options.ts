import { existsSync } from 'node:fs';
import { InvalidArgumentError, type Command } from 'commander';
import { controlDescription } from '../../../contracts/control.ts';
import type { Variation } from '../../../contracts/guesses.ts';
import { createValidator } from '../../../contracts/validator.ts';
import {
  loadScenario,
  readSettings,
  settleParameters,
  type ScenarioReference,
  defaultAnchor,
} from '../../../seeds/index.ts';
import { nearest } from '../../../seeds/nearest.ts';
import { explain } from '../../problems/explain.ts';
import { readDuration, readInstant, readUrl, readWhole } from '../arguments.ts';
import {
  environment,
  flag,
  group,
  option,
  repeated,
  turnOff,
  type OptionsOf,
  readPort,
} from '../../../contracts/server/options.ts';
import { defaultApplicationSecret, type MockGemOptions, defaultApiKey } from '../../server.ts';
import {
  defaultSwitches,
  formsOf,
  guesses,
  switchDescriptions,
  type Switches,
} from '../../world/switches.ts';
import { keyForm } from '../../worlds/worlds.ts';

/** Seconds. */
const day = 24 * 60 * 60;

/** What the emulator can be told, be it alone or beside the connector. */
export const emulatorOptions = {
  ...group('What worlds hold:', {
    scenario: option<ScenarioReference>(
      '--scenario <name>',
      'a name from `mock-gem scenario list`, or the path of a file',
      { default: 'default' },
    ),
    set: repeated('--set <key=value>', 'a value for a parameter of the scenario; may be repeated'),
    seed: option('--seed <text>', 'names, ids and choices follow from it', { default: 'mock-gem' }),
    anchor: option('--anchor <instant>', 'what the scenario calls now; `now` is the present', {
      read: readAnchor,
      default: defaultAnchor,
    }),
    snapshot: option(
      '--snapshot <file>',
      'keep the first world in this file: read at the start, written when it is stopped',
    ),
    snapshots: option(
      '--snapshots <folder>',
      'keep named snapshots here; without it they end with the server',
    ),
  }),
  ...group('Who gets in:', {
    apiKey: option('--api-key <key>', 'forty letters and digits; opens the first world', {
      read: readApiKey,
      default: defaultApiKey,
    }),
    applicationSecret: environment(
      'GEM_APPLICATION_SECRET',
      `the partner's application secret, in place of ${defaultApplicationSecret}`,
    ),
    controlToken: environment(
      'GEM_CONTROL_TOKEN',
      'lets whoever sends it use the control API; without it only this machine does',
    ),
    refuseUnknownKeys: flag(
      '--refuse-unknown-keys',
      'answer 403 to keys nobody named, instead of giving each a world of its own',
    ),
    /** Seconds. */
    idleWorlds: option('--idle-worlds <time>', 'drop worlds that nobody asked for in so long', {
      read: readDuration,
      default: day,
      defaultInWords: '1 day',
    }),
    cors: repeated(
      '--cors <origin>',
      'let pages of this origin ask, such as http://localhost:5173; * for any; may be repeated',
    ),
  }),
  ...group('How worlds behave:', {
    rateLimit: turnOff('--no-rate-limit', 'never answer 429'),
    lenient: flag(
      '--lenient',
      'leave out of requests what Gem would refuse, and note it, instead of refusing',
    ),
    refuseAssumptions: flag('--refuse-assumptions', 'answer 501 to whatever nothing proves that Gem does so'),
    switch: repeated('--switch <name=value>', 'choose where Gem is not known; may be repeated'),
    /** A seed, or guesses and their forms. */
    variation: repeated(
      '--variation <seed>',
      'let what nothing proves take other forms; a text or number, or guess=form, which may be repeated',
    ),
    /** An instant, or true: where the clocks stand. */
    freeze: option<string | true>(
      '--freeze [instant]',
      "stop the worlds' clocks, at this instant or where they stand",
      { read: readInstant },
    ),
    activity: option('--activity <events>', 'recruiters at work in the first world: so many events an hour', {
      read: readWhole,
    }),
    fault: repeated('--fault <json>', 'arm a fault in the first world; may be repeated'),
  }),
  ...group('What it prints:', {
    log: option<'text' | 'json'>('--log <form>', 'print every request', { choices: ['text', 'json'] }),
    logSize: option('--log-size <requests>', 'how many requests each world remembers', {
      read: readWhole,
      default: 1000,
    }),
  }),
};

/** For those who look at it in a browser. */
export const lookOptions = group('Other:', {
  open: flag('--open', 'open the console in a browser'),
});

/** How others reach it. */
export const reachOptions = {
  host: option('--host <address>', 'address; only this machine reaches the default', {
    default: '127.0.0.1',
  }),
  publicUrl: option(
    '--public-url <url>',
    'where clients reach the emulator, for links to files; default: where they ask',
    { read: readUrl },
  ),
  trustProxy: flag(
    '--trust-proxy',
    'believe X-Forwarded-Proto and X-Forwarded-Host of a proxy in front of the emulator, for links',
  ),
};

/** What `mock-gem serve` can be told. */
export const serveOptions = {
  ...group('Where it listens:', {
    port: option('--port <number>', 'port; 0 takes any free one', { read: readPort, default: 4010 }),
    ...reachOptions,
  }),
  ...emulatorOptions,
  ...group('What it prints:', {
    json: flag('--json', 'print one line of JSON when it is ready, in place of the banner'),
  }),
  ...lookOptions,
  ...group('Other:', {
    control: turnOff('--no-control', 'leave out the control API, and the console with it'),
    consoleConnector: option(
      '--console-connector <url>',
      'the unified API that the console shows, such as http://127.0.0.1:4020/v1',
      {
        read: readUrl,
      },
    ),
    connectorApiKey: environment('CONNECTOR_API_KEY', 'what the console sends to that connector'),
    checkAnswers: flag('--check-answers', 'hold every answer against the API description (slower)'),
  }),
};

export type ServeOptions = OptionsOf<typeof serveOptions>;

/** Whether others than this machine reach a server that listens there. */
export function isOpen(host: string): boolean {
  return !['127.0.0.1', 'localhost', '::1'].includes(host);
}

/**
 * Makes a server's options of what was given on the command line and in the environment.
 *
 * @throws Error that says in one line what will not do
 */
export async function readServeOptions(options: ServeOptions): Promise<MockGemOptions> {
  const scenario = await loadScenario(options.scenario);
  settleParameters(scenario.parameters, readSettings(options.set ?? []));
  const { freeze, controlToken } = options;
  const consoleConnector = await readConnector(options);
  return {
    port: options.port,
    host: options.host,
    scenario: options.scenario,
    parameters: readSettings(options.set ?? []),
    seed: options.seed,
    anchor: options.anchor,
    apiKey: options.apiKey,
    applicationSecret: options.applicationSecret ?? defaultApplicationSecret,
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
    ...(controlToken !== undefined && { controlToken }),
    ...(consoleConnector && { consoleConnector: () => consoleConnector }),
    ...(freeze !== undefined && {
      worldClock: { state: 'frozen' as const, ...(freeze !== true && { now: freeze }) },
    }),
  };
}

/** The connector that the console shows. The unified description is read for it alone. */
async function readConnector({ consoleConnector: url, connectorApiKey }: ServeOptions) {
  if (url === undefined) return undefined;
  const { developmentApiKey } = await import('../../../contracts/unified.ts');
  return { url, apiKey: connectorApiKey ?? developmentApiKey };
}

/** Every switch with its default, a line each. */
export function switchList(): string {
  const lines = switchDescriptions.map(({ name, description, default: value }) => {
    const [firstSentence = ''] = description.trim().split(/(?<=\.)\s/);
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    return `  ${`${name}=${shown}`.padEnd(46)} ${firstSentence.replaceAll('\n', ' ')}`;
  });
  return lines.join('\n');
}

/** A remark on options that do not go well together; undefined where there is none. */
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

/** Reads an API key. @throws InvalidArgumentError */
function readApiKey(text: string): string {
  if (!keyForm.test(text)) throw new InvalidArgumentError('A Gem API key has 40 letters and digits.');
  return text;
}

/**
 * Reads how worlds vary: a seed, or guesses and their forms.
 *
 * @param texts one that is a seed, or some such as `Application.rejected_at=null when unset`
 * @throws Error in one line when a guess does not exist, or does not have that form
 */
export function readVariation(texts: readonly string[]): Variation {
  const [seed = ''] = texts;
  if (texts.length === 1 && !seed.includes('=')) return /^\d+$/.test(seed) ? Number(seed) : seed;
  const named = readSettings(texts);
  const names = guesses.map(({ name }) => name);
  for (const name of Object.keys(named).filter((one) => !names.includes(one))) {
    const meant = nearest(name, names);
    const advice = meant === undefined ? 'contracts/promises.md lists them all' : `did you mean ${meant}?`;
    throw new Error(`no guess is called "${name}"; ${advice}`);
  }
  return Object.fromEntries(formsOf(named));
}
