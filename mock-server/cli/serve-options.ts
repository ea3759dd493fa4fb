import { controlDescription } from '../../contracts/control.ts';
import { createValidator } from '../../contracts/validator.ts';
import { loadScenario, readSettings, settleParameters, type ScenarioReference } from '../../seeds/index.ts';
import { nearest } from '../../seeds/nearest.ts';
import { ControlRefused } from '../control/client.ts';
import { explain } from '../problems/explain.ts';
import type { Fault } from '../faults/fault.ts';
import { readVariation } from './arguments.ts';
import { defaultApplicationSecret, type MockGem, type MockGemOptions } from '../server.ts';
import { defaultSwitches, switchDescriptions, type Switches } from '../world/switches.ts';

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
