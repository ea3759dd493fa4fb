import { InvalidArgumentError } from 'commander';
import {
  environment,
  group,
  flag,
  option,
  readPort,
  repeated,
  turnOff,
  type OptionsOf,
} from '../../../contracts/server/options.ts';
import { readDuration, readWhole } from '../arguments.ts';
import { reportOptions } from './reports.ts';

/** What `mock-gem verify connector` can be told. */
export const verifyConnectorOptions = {
  ...group('The connector (by default this project’s own):', {
    url: option('--url <url>', 'a unified API, as a Kombo client takes its server_url', {
      conflicts: ['adapter', 'command'],
    }),
    keyFromEnv: option('--key-from-env <name>', 'environment variable with its API key', {
      default: 'CONNECTOR_API_KEY',
    }),
    adapter: option('--adapter <file>', 'a module with the functions sync, list and act', {
      conflicts: 'command',
    }),
    command: option('--command <line>', 'a program in any language that does the same in lines of JSON'),
  }),
  ...group('The emulator (by default one is started):', {
    gem: option('--gem <url>', 'one that runs already; it is used through its control API'),
    gemPort: option(
      '--gem-port <number>',
      'port of the one that is started; 4010 with --url, otherwise a free one',
      { read: readPort, conflicts: 'gem' },
    ),
  }),
  ...group('What is verified:', {
    scenario: option(
      '--scenario <name or file>',
      'an account that every made-up world holds as well, such as a captured one',
    ),
    rule: repeated('--rule <name>', 'only this rule; may be repeated'),
    worlds: option('--worlds <number>', 'how many worlds are made up, each with a case of every rule', {
      read: readCount,
    }),
    /** Seconds. */
    budget: option('--budget <time>', 'go as deep as this time allows, such as 5m, in place of --worlds', {
      read: readDuration,
      conflicts: ['worlds', 'replay'],
    }),
    seed: option('--seed <number>', 'seed of the worlds', { read: readWhole }),
    vary: turnOff('--no-vary', 'leave out the worlds in which unproven guesses take other forms'),
    variations: option('--variations <number>', 'how many such worlds there are; 4 by default', {
      read: readWhole,
    }),
    variation: repeated(
      '--variation <guess=form>',
      'only worlds with this form of a guess, as a report names it; may be repeated',
    ),
    /** Seconds. */
    timeout: option('--timeout <time>', 'limit of one call to the connector, such as a sync', {
      read: readDuration,
      default: 120,
      defaultInWords: '2 minutes',
    }),
    replay: option('--replay <path>', 'only the case that a report names, with its --rule and --seed'),
    shrink: turnOff(
      '--no-shrink',
      'do not look for the smallest world that breaks a rule, which takes the most time; what makes the connector fail is still looked for',
    ),
    /** Seconds. */
    shrinkFor: option(
      '--shrink-for <time>',
      'how long it is looked for, for each broken rule, and what makes the connector fail',
      {
        read: readDuration,
        default: 20,
        defaultInWords: '20 seconds',
      },
    ),
    atOnce: option(
      '--at-once <number>',
      'how many worlds live at once; 4 over HTTP, else what the adapter says',
      {
        read: readCount,
      },
    ),
    list: flag('--list', 'list the rules, and verify nothing'),
  }),
  ...group('Reports:', {
    ...reportOptions,
    out: option('--out <folder>', 'write the smallest worlds as scenarios, <rule>.yaml'),
  }),
  apiKey: environment('CONNECTOR_API_KEY', 'key of the unified API, with --url', 'keyFromEnv'),
  controlToken: environment(
    'MOCK_GEM_CONTROL_TOKEN',
    "token of the emulator's control API, with --gem, if it has one",
  ),
  applicationSecret: environment(
    'GEM_APPLICATION_SECRET',
    "the partner's secret at the emulator, if it is not the default one",
  ),
};

export type VerifyConnectorOptions = OptionsOf<typeof verifyConnectorOptions>;

function readCount(text: string): number {
  const count = readWhole(text);
  if (count === 0) throw new InvalidArgumentError('It must be 1 or more.');
  return count;
}

/** The text between the options and the variables. */
export const verifyConnectorHelp = `
In each made-up world the connector syncs and its lists are read; recruiters make edits in three rounds, it syncs after each, and
at the end it performs actions. Gem fails during some syncs and some actions. Where a rule breaks, the smallest world that breaks it is shown, with the expected and the actual values.

Then the rules that held are judged again in a few varied worlds. There, every unproven guess (a field that is null or
missing, a header, the answer to a write) takes one of the forms that the facts leave open. All values that are still sent
have to come out as before. Otherwise the report names the fewest guesses that the connector depends on;
contracts/promises.md lists all guesses.

  --scenario  Its records stand in every world beside the team and the cases of the rules, and the rules are judged on all of
              them: a copy of a real account that \`mock-gem capture\` made shows what your own data does to a connector. Its
              timeline is left out. The worlds that a report shows are without it; the command beside each is with it.
  --url       The connector has to read from the emulator (http://127.0.0.1:4010 by default), and to have a connection
              page: each world is an account that is connected by POST /connect/create-link.
  --adapter   The module's default export, an object or a function that gives one, has
                sync(account, 'FULL' | 'DELTA')   list(account, name, query)   act(account, call)
              and, if it does not cover everything, covers: ['jobs.location', …]. When one of them throws, the world in which
              it did is shown, with the lines of its stack.
  --timeout   A call that takes longer fails: 30 seconds, 10 minutes.
  --command   One line of JSON on standard input for each call, one on standard output for each answer:
                {"id":1,"call":"covers"}                                    {"id":1,"result":["jobs.location"]}
                {"id":2,"call":"sync","account":{…},"type":"FULL"}          {"id":2,"result":null}
                {"id":3,"call":"list","account":{…},"list":"jobs","query":{}}  {"id":3,"result":[…]}
                {"id":4,"call":"act","account":{…},"method":"POST","path":"/ats/…","body":{…}}
                                                                            {"id":4,"result":{"status":200,"body":{…}}}
              or {"id":4,"error":{"message":"…"}}. All other output goes to standard error.`;

/** The text below all. */
export const verifyConnectorExamples = `
Exit codes: 0 every rule that was verified held, 1 one was broken, 2 it could not be verified, 130 it was interrupted.

Examples:
  mock-gem verify connector                                        this project's own connector
  mock-gem verify connector --adapter ./adapter.ts --junit rules.xml --html rules.html
  mock-gem verify connector --command 'python3 adapter.py' --rule first-office
  CONNECTOR_API_KEY=… mock-gem verify connector --url http://127.0.0.1:4020/v1
  mock-gem verify connector --scenario my-account/scenario.yaml --worlds 3
  mock-gem verify connector --rule first-office --seed 1 --replay 0:1:1
  mock-gem verify connector --variation 'Application.rejected_at=null when unset'
  mock-gem verify connector --adapter ./adapter.ts --out broken && mock-gem serve --scenario ./broken/first-office.yaml`;
