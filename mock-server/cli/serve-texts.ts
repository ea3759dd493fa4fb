import { switchDescriptions } from '../world/switches.ts';
import { defaultApplicationSecret, type MockGem } from '../server.ts';
import type { ServeOptions } from './serve-options.ts';

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
