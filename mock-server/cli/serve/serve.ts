import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { sayWhileWaiting } from '../../../contracts/while-waiting.ts';
import { startMockGem, type MockGem, defaultApplicationSecret } from '../../server.ts';
import { readPort, readUrl } from '../arguments.ts';
import { stopWithNpm } from '../../../contracts/stop-with-npm.ts';
import { fail, startWhenFree, stopOnSignal } from '../lifecycle.ts';
import { createRequestPrinter } from '../request-lines.ts';
import { prepareWorld, readServeOptions, type ServeOptions, addWorldOptions, remarkOn } from './options.ts';
import { switchDescriptions } from '../../world/switches.ts';

/** Adds `mock-gem serve`: the emulator alone. */
export function addServeCommand(program: Command): void {
  const command = program
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
    .option('--trust-proxy', 'believe X-Forwarded-Proto and X-Forwarded-Host of a proxy in front, for links');
  addWorldOptions(command)
    .option('--json', 'print one line of JSON when it is ready, in place of the banner')
    .optionsGroup('Else:')
    .option('--no-control', 'leave out the control API')
    .option('--check-answers', 'hold every answer against the API description (slower)')
    .addHelpText('after', serveHelp)
    .action(serve);
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

/** Milliseconds that a start which is to be broken off may still take. */
const patience = 3000;

/** What `mock-gem serve --help` says beyond the options. */
export function serveHelp(): string {
  return `
The application secret is taken from GEM_APPLICATION_SECRET, or is ${defaultApplicationSecret}.
The control API answers to this machine alone, unless GEM_CONTROL_TOKEN is set: then to whoever sends it.
A --snapshot is written when there is none yet, and when the server is stopped by Ctrl-C or SIGTERM. One that is killed hard
(SIGKILL) leaves the file as it was; PUT /_control/snapshots/{name} saves at any time.

Switches, with what they usually are:
${switchList()}

Examples:
  mock-gem serve --scenario hiring-week --freeze            a week of recruiting that happens as you move the clock
  mock-gem serve --scenario large --set candidates=100000   a large account
  mock-gem serve --activity 600                             something changes every few seconds
  mock-gem serve --fault '{"fault":"status","status":500,"every":10,"times":"always"}' --log text
  curl -X POST localhost:4010/_control/worlds/default/clock -H 'content-type: application/json' -d '{"advance":"1 day"}'`;
}

/** Every switch with what it usually is, a line each. */
export function switchList(): string {
  const lines = switchDescriptions.map(({ name, description, default: usual }) => {
    const [firstSentence = ''] = description.trim().split(/(?<=\.)\s/);
    const value = typeof usual === 'string' ? usual : JSON.stringify(usual);
    return `  ${`${name}=${value}`.padEnd(46)} ${firstSentence.replaceAll('\n', ' ')}`;
  });
  return lines.join('\n');
}

/** What is printed when the server is ready. */
export function serveBanner(gem: MockGem, options: ServeOptions): string {
  const { url, apiKey, applicationSecret, world } = gem;
  const isOpen = !['127.0.0.1', 'localhost', '::1'].includes(options.host);
  const lines = [
    `mock-gem: Gem's APIs for ${world.company.name} (scenario ${options.scenario}, seed ${options.seed})`,
    '',
    `  ATS API      ${url}/ats/v0`,
    `  CRM API      ${url}/v0`,
    `  Job board    ${url}/job_board/v0/${world.company.vanity}/job_posts/`,
    `  API key      ${apiKey}`,
    `  Secret       ${isGiven('GEM_APPLICATION_SECRET') ? 'the one in GEM_APPLICATION_SECRET' : applicationSecret}   (optional header X-Application-Secret)`,
    `  Promises     ${url}/docs   (${url}/openapi.json)`,
    ...(options.control ? [`  Control      ${url}/_control/docs`] : []),
    ...(world.forms.size > 0
      ? [`  Variation    ${world.forms.size} guesses differ; ${url}/_control/worlds/default/variation`]
      : []),
    '',
    `  curl -H 'X-API-Key: ${apiKey}' '${url}/ats/v0/candidates/?per_page=2'`,
    '',
    ...(isOpen && options.control && !process.env['GEM_CONTROL_TOKEN']
      ? ['The control API answers to this machine alone; set GEM_CONTROL_TOKEN to reach it from elsewhere.']
      : []),
    options.refuseUnknownKeys
      ? 'Any other key gets a 403. Ctrl-C stops.'
      : 'Any other key of 40 letters and digits opens a fresh world of its own. Ctrl-C stops.',
  ];
  return `${lines.join('\n')}\n`;
}

/** The same for programs. */
export function serveSummary({ url, apiKey, applicationSecret, world }: MockGem): object {
  return {
    url,
    api_key: apiKey,
    application_secret: unlessGiven('GEM_APPLICATION_SECRET', applicationSecret),
    world: world.id,
    job_board: world.company.vanity,
    now: world.now(),
  };
}

/** A secret of the environment is its owner's: it is not told again. */
export function unlessGiven(variable: string, value: string): string | null {
  return isGiven(variable) ? null : value;
}

/** Whether a variable of the environment is set. */
export function isGiven(variable: string): boolean {
  return Boolean(process.env[variable]);
}
