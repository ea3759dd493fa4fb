import { InvalidArgumentError, Option, type Command } from 'commander';
import { collect, readDuration, readPort, readWhole } from './arguments.ts';
import { addReportOptions } from './report-options.ts';
import { standardOutside, type Outside } from './verify-outside.ts';
import { verifyConnectorHelp } from './verify-connector-help.ts';
import type { VerifyConnectorOptions } from './verify-target.ts';

/** Adds `mock-gem verify connector`: holds any connector that reads from an emulator to the rules. */
export function addVerifyConnectorCommand(verify: Command, outside: Outside = standardOutside): void {
  const command = verify
    .command('connector')
    .description('hold a connector to the rules, in made-up worlds of an emulator')
    .optionsGroup('The connector (this project’s own, when nothing is said):')
    .addOption(
      new Option('--url <url>', 'a unified API, as a Kombo client takes its server_url').conflicts([
        'adapter',
        'command',
      ]),
    )
    .option('--key-from-env <name>', 'environment variable with its API key', 'CONNECTOR_API_KEY')
    .addOption(
      new Option('--adapter <file>', 'a module with the functions sync, list and act').conflicts('command'),
    )
    .option('--command <line>', 'a program in any language that does the same in lines of JSON')
    .optionsGroup('The emulator (one is started, when nothing is said):')
    .option('--gem <url>', 'one that runs already; its control API is used')
    .addOption(
      new Option(
        '--gem-port <number>',
        'port of the one that is started; 4010 with --url, otherwise a free one',
      )
        .argParser(readPort)
        .conflicts('gem'),
    )
    .optionsGroup('What is looked at:')
    .option('--rule <name>', 'only this rule; may be repeated', collect)
    .option('--worlds <number>', 'how many worlds are made up, each with a case of every rule', readCount)
    .option('--seed <number>', 'what the worlds follow from', readWhole)
    .option('--no-vary', 'leave out the worlds in which what nothing proves takes another form')
    .option('--variations <number>', 'how many such worlds there are; 4 when nothing is said', readWhole)
    .option(
      '--variation <guess=form>',
      'only worlds that vary so, as a report names it; may be repeated',
      collect,
    )
    .addOption(
      new Option('--timeout <time>', 'how long the connector may take for one call, such as a sync')
        .argParser(readDuration)
        .default(usualTimeout, '2 minutes'),
    )
    .option('--replay <path>', 'only the case that a report names, with its --rule and --seed')
    .option('--no-shrink', 'do not look for the smallest world that breaks a rule, which takes longest')
    .option('--list', 'list the rules, and verify nothing');
  addReportOptions(command)
    .option('--out <folder>', 'write the smallest worlds as scenarios, <rule>.yaml')
    .addHelpText('after', verifyConnectorHelp)
    // A wrong option is no broken rule.
    .exitOverride(({ exitCode }) => outside.end(exitCode === 0 ? 0 : 2, true))
    .action(async (options: VerifyConnectorOptions) => {
      // What is needed for it is loaded only now: every other command starts without it.
      const { runVerifyConnector } = await import('./verify-connector-run.ts');
      await runVerifyConnector(options, outside);
    });
}

/** Seconds. */
const usualTimeout = 120;

function readCount(text: string): number {
  const count = readWhole(text);
  if (count === 0) throw new InvalidArgumentError('It must be 1 or more.');
  return count;
}
