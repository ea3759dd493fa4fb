import { Option, type Command } from 'commander';
import { defaultAnchor, scenarios } from '../../seeds/index.ts';
import { defaultApiKey, defaultApplicationSecret, startMockGem, type MockGem } from '../server.ts';
import { readApiKey, readInstant, readPort } from './arguments.ts';
import { fail, startWhenFree, stopOnSignal, stopWithNpm } from './lifecycle.ts';

interface ServeOptions {
  port: number;
  host: string;
  apiKey: string;
  scenario: string;
  seed: string;
  anchor: string;
  snapshot?: string;
  rateLimit: boolean;
  refuseUnknownKeys?: true;
  checkAnswers?: true;
}

/** Adds `mock-gem serve`: the emulator alone. */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description("run the emulator of Gem's APIs")
    .option('--port <number>', 'port to listen on; 0 takes any free one', readPort, 4010)
    .option('--host <address>', 'address to listen on; only this machine reaches the default', '127.0.0.1')
    .option('--api-key <key>', 'forty letters and digits; opens the first world', readApiKey, defaultApiKey)
    .addOption(
      new Option('--scenario <name>', 'what worlds start from')
        .choices(scenarios.map(({ name }) => name))
        .default('default'),
    )
    .option('--seed <text>', 'names, ids and choices follow from it', 'mock-gem')
    .option('--anchor <instant>', 'what the scenario calls now', readInstant, defaultAnchor)
    .option('--snapshot <file>', 'keep the first world in this file: read at the start, written at the end')
    .option('--no-rate-limit', 'never answer 429')
    .option(
      '--refuse-unknown-keys',
      'answer 403 to keys nobody named, instead of giving each a world of its own',
    )
    .option('--check-answers', 'hold every answer against the API description (slower)')
    .addHelpText(
      'after',
      `
The application secret is taken from GEM_APPLICATION_SECRET, or is ${defaultApplicationSecret}.

Scenarios:
${scenarios.map(({ name, purpose }) => `  ${name.padEnd(10)} ${purpose}`).join('\n')}

Example:
  mock-gem serve --scenario default --seed my-test --no-rate-limit`,
    )
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  const start = () =>
    startMockGem({
      ...options,
      applicationSecret: process.env['GEM_APPLICATION_SECRET'] ?? defaultApplicationSecret,
      switches: options.rateLimit ? {} : { rate_limit: 'off' },
      unknownKeys: options.refuseUnknownKeys ? 'refuse' : 'fork',
      checkAnswers: options.checkAnswers ?? false,
    });
  const gem = await startWhenFree(start).catch((error: unknown) => fail(error, '--port'));
  stopOnSignal(gem.close);
  stopWithNpm(gem.close);
  process.stdout.write(banner(gem, options));
}

function banner({ url, apiKey, applicationSecret, world }: MockGem, options: ServeOptions): string {
  return `mock-gem: Gem's APIs for ${world.company.name} (scenario ${options.scenario}, seed ${options.seed})

  ATS API      ${url}/ats/v0
  CRM API      ${url}/v0
  Job board    ${url}/job_board/v0/${world.company.vanity}/job_posts/
  API key      ${apiKey}
  Secret       ${applicationSecret}   (optional header X-Application-Secret)

  curl -H 'X-API-Key: ${apiKey}' '${url}/ats/v0/candidates/?per_page=2'

${options.refuseUnknownKeys ? 'Any other key gets a 403.' : 'Any other key of 40 letters and digits opens a fresh world of its own.'} Ctrl-C stops.
`;
}
