import { group, option, type OptionsOf } from '../../../contracts/server/options.ts';
import { readUrl, readWhole } from '../arguments.ts';
import { reportOptions } from '../verify/reports.ts';

/** What `mock-gem watch` takes. */
export const watchOptions = {
  gemUrl: option('--gem-url <url>', 'where Gem is', { read: readUrl, default: 'https://api.gem.com' }),
  port: option('--port <number>', 'where your connector finds it', { read: readWhole, default: 4050 }),
  host: option('--host <host>', 'the address to listen on', { default: '127.0.0.1' }),
  drift: option(
    '--drift <file>',
    'write what was learnt as a patch of contracts/gem.openapi.yaml, at the end',
  ),
  ...group('Reports, at the end:', reportOptions),
};

export type WatchOptions = OptionsOf<typeof watchOptions>;
