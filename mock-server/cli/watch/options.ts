import { environment, group, option, type OptionsOf } from '../../../contracts/server/options.ts';
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
  ...group('With an emulator that runs:', {
    console: option(
      '--console <url>',
      'tell this emulator what is seen, as shapes and counts: its page /_console/watch shows it live',
      { read: readUrl },
    ),
    mirror: option(
      '--mirror <world>',
      'send each write to this world as well, once Gem has answered, and tell where the two answers differ: its id, its key, or `default`',
    ),
    mirrorUrl: option(
      '--mirror-url <url>',
      'where the emulator with that world is (default: that of --console, otherwise http://127.0.0.1:4010)',
      { read: readUrl },
    ),
    controlToken: environment('GEM_CONTROL_TOKEN', "the emulator's control token, where it has one"),
  }),
  ...group('Reports, at the end:', reportOptions),
};

export type WatchOptions = OptionsOf<typeof watchOptions>;
