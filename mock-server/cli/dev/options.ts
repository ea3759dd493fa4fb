import {
  environment,
  flag,
  group,
  option,
  readPort,
  type OptionsOf,
} from '../../../contracts/server/options.ts';
import { emulatorOptions, lookOptions, reachOptions } from '../serve/options.ts';

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
  ...group('What it tells:', {
    json: flag('--json', 'print one JSON line once the first sync has finished, and nothing else'),
  }),
};

export type DevOptions = OptionsOf<typeof devOptions>;
