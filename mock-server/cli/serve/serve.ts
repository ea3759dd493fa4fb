import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { sayWhileWaiting } from '../../../contracts/while-waiting.ts';
import { stopWithNpm } from '../../../contracts/stop.ts';
import { addOptions } from '../../../contracts/server/options.ts';
import { startMockGem, type MockGem } from '../../server.ts';
import { consolePrefix } from '../../control/console.ts';
import { ControlRefused } from '../../control/client.ts';
import type { Fault } from '../../faults/fault.ts';
import { fail, startWhenFree, stopOnSignal, openInBrowser } from '../terminal.ts';
import { createRequestPrinter } from '../request-lines.ts';
import {
  isOpen,
  readServeOptions,
  remarkOn,
  serveOptions,
  switchList,
  type ServeOptions,
} from './options.ts';
import { summaries } from '../summaries.ts';

/** Adds `mock-gem serve`: the emulator alone. */
export function addServeCommand(program: Command): void {
  const command = program.command('serve').description(summaries.serve.purpose);
  addOptions(command, serveOptions).addHelpText('after', serveHelp).action(serve);
}

async function serve(options: ServeOptions, command: Command): Promise<void> {
  if (options.json && options.log === 'text')
    return fail(new Error('with --json only JSON is printed; take --log json'), '');
  const remark = remarkOn(options, command);
  if (remark !== undefined) process.stderr.write(`mock-gem: ${remark}\n`);
  const waiting = sayWhileWaiting(options.json ? undefined : process.stderr, 'making the world');
  const starting = start(options);
  // It may be told to stop before it has started; then it does so as soon as it can, and not much later in any case.
  const stop = async () => {
    const inTime = setTimeout(patience, undefined, { ref: false });
    await (await Promise.race([starting, inTime]))?.close();
  };
  stopOnSignal(stop);
  stopWithNpm(stop);
  const gem = await starting.finally(waiting).catch((error: unknown) => fail(error, '--port'));
  if (options.open && options.control) openInBrowser(`${gem.url}${consolePrefix}`);
  process.stdout.write(
    options.json ? `${JSON.stringify(serveSummary(gem, options))}\n` : serveBanner(gem, options),
  );
}

async function start(options: ServeOptions): Promise<MockGem> {
  const settings = await readServeOptions(options);
  const printer = options.log && (await createRequestPrinter(options.log));
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

/** Milliseconds that a start which is to be broken off may still take. */
const patience = 3000;

/** What `mock-gem serve --help` says beyond the options. */
function serveHelp(): string {
  return `
A --snapshot is written when there is none yet, and when the server is stopped by Ctrl-C or SIGTERM. One that is killed hard
(SIGKILL) leaves the file as it was; PUT /_control/snapshots/{name} saves at any time.

Switches, with their defaults:
${switchList()}

Examples:
  mock-gem serve --scenario hiring-week --freeze            a week of recruiting that happens as you move the clock
  mock-gem serve --scenario large --set candidates=100000   a large account
  mock-gem serve --activity 600                             something changes every few seconds
  mock-gem serve --fault '{"fault":"status","status":500,"every":10,"times":"always"}' --log text
  curl -X POST localhost:4010/_control/worlds/default/clock -H 'content-type: application/json' -d '{"advance":"1 day"}'`;
}

/** What is printed when the server is ready. */
function serveBanner(gem: MockGem, options: ServeOptions): string {
  const { url, apiKey, applicationSecret, world } = gem;
  const lines = [
    `mock-gem: Gem's APIs for ${world.company.name} (scenario ${options.scenario}, seed ${options.seed})`,
    '',
    ...(options.control ? [`  Console      ${url}${consolePrefix}`] : []),
    `  ATS API      ${url}/ats/v0`,
    `  CRM API      ${url}/v0`,
    `  Job board    ${url}/job_board/v0/${world.company.vanity}/job_posts/`,
    `  API key      ${apiKey}`,
    `  Secret       ${options.applicationSecret === undefined ? applicationSecret : 'the one in GEM_APPLICATION_SECRET'}   (optional header X-Application-Secret)`,
    `  Promises     ${url}/docs   (${url}/openapi.json)`,
    ...(options.control ? [`  Control      ${url}/_control/docs`] : []),
    ...(world.forms.size > 0
      ? [`  Variation    ${world.forms.size} guesses differ; ${url}/_control/worlds/default/variation`]
      : []),
    '',
    `  curl -H "X-API-Key: ${apiKey}" "${url}/ats/v0/candidates/?per_page=2"`,
    '',
    ...(isOpen(options.host) && options.control && options.controlToken === undefined
      ? [controlIsClosed]
      : []),
    options.refuseUnknownKeys
      ? 'Any other key gets a 403. Ctrl-C stops.'
      : 'Any other key of 40 letters and digits opens a fresh world of its own. Ctrl-C stops.',
  ];
  return `${lines.join('\n')}\n`;
}

/** What an emulator that others reach says of its control API, where it has no token. */
export const controlIsClosed =
  'The control API answers to this machine alone; set GEM_CONTROL_TOKEN to reach it from elsewhere.';

/** The same for programs. A secret of the environment is its owner's: it is not told again. */
function serveSummary({ url, apiKey, applicationSecret, world }: MockGem, options: ServeOptions): object {
  return {
    url,
    api_key: apiKey,
    application_secret: options.applicationSecret === undefined ? applicationSecret : null,
    world: world.id,
    job_board: world.company.vanity,
    now: world.now(),
  };
}

/**
 * Arms faults and sets recruiters to work in the first world.
 *
 * @throws Error that says in one line what will not do
 */
export async function prepareWorld(
  gem: MockGem,
  options: Pick<ServeOptions, 'fault' | 'activity'>,
): Promise<void> {
  const { fault: faults = [], activity = 0 } = options;
  if (faults.length === 0 && activity === 0) return;
  const world = await gem.control.world();
  for (const text of faults) {
    await world.faults.arm(readFault(text)).catch((error: unknown) => {
      if (!(error instanceof ControlRefused)) throw error;
      // A place is given within the fault: on the command line there is no request.
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
