import {
  environment,
  flag,
  group,
  option,
  readPort,
  type OptionsOf,
} from '../../../contracts/server/options.ts';
import { consolePrefix } from '../../control/console.ts';
import type { MockGem } from '../../server.ts';
import { emulatorOptions, lookOptions, reachOptions, isOpen, switchList } from '../serve/options.ts';
import { controlIsClosed } from '../serve/serve.ts';
import type { ConnectorReady } from './connector-process.ts';

/** What `mock-gem dev` can be told. */
export const devOptions = {
  ...group('Where they listen:', {
    gemPort: option('--gem-port <number>', 'port of the emulator; 0 takes any free one', {
      read: readPort,
      default: 4010,
    }),
    connectorPort: option('--connector-port <number>', 'port of the connector; 0 takes any free one', {
      read: readPort,
      default: 4020,
    }),
    webhookPort: option(
      '--webhook-port <number>',
      'port of the catcher, which shows the webhooks of the connector; 4030 or, when that is taken, any free one',
      { read: readPort },
    ),
    ...reachOptions,
  }),
  ...emulatorOptions,
  connectorApiKey: environment(
    'CONNECTOR_API_KEY',
    'what callers of the connector send; a known one where only this machine reaches it',
  ),
  webhookUrl: environment(
    'CONNECTOR_WEBHOOK_URL',
    'where the connector sends its webhooks, in place of the catcher',
  ),
  webhookSecret: environment('CONNECTOR_WEBHOOK_SECRET', 'what webhooks are signed with'),
  ...lookOptions,
  ...group('What it prints:', {
    json: flag('--json', 'print one JSON line once the first sync has finished, and nothing else'),
  }),
};

export type DevOptions = OptionsOf<typeof devOptions>;

/** What `mock-gem dev --help` says beyond the options. */
export function devHelp(): string {
  return `
Each start begins with the scenario anew, unless --snapshot keeps the first world; the connector's data is held in memory.
Faults are armed, and recruiters set to work, once the first sync has finished.

The connector sends its webhooks to a catcher, which prints them and lists them on its page. It also reaches receivers of
your own on this machine: set them up with PUT /v1/webhooks, or name one in CONNECTOR_WEBHOOK_URL in place of the catcher.

What was given in the environment is not printed.

Switches, with their defaults:
${switchList()}

Examples:
  mock-gem dev --gem-port 5010 --connector-port 5020
  mock-gem dev --scenario hiring-week --freeze --log text
  mock-gem dev --fault '{"fault":"status","status":500,"every":10,"times":"always"}'`;
}

interface Running {
  gem: MockGem;
  connector: ConnectorReady;
  /** Where the catcher is; null where webhooks are sent elsewhere. */
  webhooks: string | null;
}

/** Where everything is, for programs. A secret of the environment is null: its owner knows it. */
export function devSummary({ gem, connector, webhooks }: Running, options: DevOptions): object {
  return {
    gem: {
      url: gem.url,
      api_key: gem.apiKey,
      application_secret: options.applicationSecret === undefined ? gem.applicationSecret : null,
    },
    connector: {
      url: connector.apiUrl,
      api_key: options.connectorApiKey === undefined ? connector.apiKey : null,
      integration_id: connector.integrationId,
    },
    webhooks: { url: webhooks },
  };
}

/** The same for people, with what came of the first sync and what to try. */
export function devBanner({ gem, connector, webhooks }: Running, options: DevOptions): string {
  const counts = Object.entries(connector.counts);
  const width = Math.max(...counts.map(([model]) => model.length));
  const unified = new URL(connector.apiUrl).origin;
  const { vanity } = gem.world.company;
  const key = options.connectorApiKey === undefined ? connector.apiKey : '$CONNECTOR_API_KEY';
  const secret =
    options.applicationSecret === undefined ? gem.applicationSecret : 'the one in GEM_APPLICATION_SECRET';
  const isClosed = isOpen(options.host) && options.controlToken === undefined;
  return `
Console          ${gem.url}${consolePrefix}
Gem emulator     ${gem.url}/ats/v0
  API key        ${gem.apiKey}
  secret         ${secret}
  CRM API        ${gem.url}/v0
  job board      ${gem.url}/job_board/v0/${vanity}/job_posts/
  promises       ${gem.url}/docs   (${gem.url}/openapi.json)
  control        ${gem.url}/_control/docs${options.freeze === undefined ? '' : `\n  clock          stands still at ${gem.world.now()}`}
Unified API      ${connector.apiUrl}
  API key        ${options.connectorApiKey === undefined ? connector.apiKey : 'the one in CONNECTOR_API_KEY'}
  integration    ${connector.integrationId}
  promises       ${unified}/docs   (${unified}/openapi.json)
  connect guide  ${unified}/connect/guide
  syncs          ${connector.apiUrl}/integrations/${connector.integrationId}/syncs
Webhooks         ${webhooks === null ? 'sent to the address in CONNECTOR_WEBHOOK_URL' : `${new URL(webhooks).origin}   (as JSON: ${webhooks})`}

Synced:
${counts.map(([model, count]) => `  ${model.padEnd(width)}  ${String(count).padStart(6)}`).join('\n')}

Try:
  curl -H "X-API-Key: ${gem.apiKey}" "${gem.url}/ats/v0/candidates/?per_page=2"
  curl -H "Authorization: Bearer ${key}" -H "X-Integration-Id: ${connector.integrationId}" "${connector.apiUrl}/ats/jobs?page_size=2"
  curl "${gem.url}/job_board/v0/${vanity}/job_posts/"

${isClosed ? `${controlIsClosed}\n` : ''}Ctrl-C stops all.
`;
}
