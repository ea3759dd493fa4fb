import type { Time } from '../../../contracts/harness/gem/caller.ts';
import { environment, flag, option, type OptionsOf } from '../../../contracts/server/options.ts';
import { readInstant, readUrl, readWhole } from '../arguments.ts';
import type { Terminal } from '../terminal.ts';

/** What `mock-gem capture` takes. */
export const captureOptions = {
  out: option('--out <folder>', 'the folder for the result; it must not be there yet'),
  gemUrl: option('--gem-url <url>', 'where Gem is', { read: readUrl, default: 'https://api.gem.com' }),
  sample: option('--sample <number>', 'only so many applications of each job, with all that they refer to', {
    read: readWhole,
  }),
  since: option(
    '--since <instant>',
    'only applications with activity since then, and people changed since, with all that they refer to',
    { read: readInstant },
  ),
  dryRun: flag('--dry-run', 'only report how Gem departs from its description; nothing is written'),
  saltFile: option(
    '--salt-file <file>',
    'the secret that stand-ins follow from, made where there is none; by default beside the folder',
  ),
  decisions: option(
    '--decisions <file>',
    'rare words that are kept, and words that are replaced, by their kind',
  ),
  rareValues: flag('--rare-values', 'show all rare words, as a file for --decisions has them'),
  keepUntil: option('--keep-until <day>', 'until when the result may be kept; it is written into it', {
    read: (text) => readInstant(text).slice(0, 10),
  }),
  perSecond: option('--per-second <calls>', 'calls a second, at most; Gem allows 20', {
    read: readWhole,
    default: 18,
  }),
  yes: flag('--yes', 'start without a question'),
  apiKey: environment('GEM_API_KEY', 'key of the account; it is stored nowhere'),
  applicationSecret: environment('GEM_APPLICATION_SECRET', "the partner's secret, if there is one"),
};

export type CaptureOptions = OptionsOf<typeof captureOptions>;

/** What the command has of the machine; tests give it their own. */
export interface Machine {
  terminal: Terminal;
  time: Time;
  /** Asks the person at the terminal; undefined where nobody sits there. */
  question?: ((text: string) => Promise<string>) | undefined;
}
