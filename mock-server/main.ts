import { dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import packageDescription from '../package.json' with { type: 'json' };
import { addDevCommand } from './cli/dev/dev.ts';
import { addExplainCommand } from './cli/explain/explain.ts';
import { addHealthCommand } from './cli/health.ts';
import { addLogsCommand } from './cli/logs.ts';
import { addScenarioCommand } from './cli/scenario/scenario.ts';
import { addServeCommand } from './cli/serve/serve.ts';
import { addVerifyCommand } from './cli/verify/verify.ts';
import { addWatchCommand } from './cli/watch/watch.ts';

const here = fileURLToPath(import.meta.url);

const program = new Command('mock-gem')
  .description(
    "A local emulator of Gem's recruiting (ATS) API, and a connector that syncs it into a unified ATS model.",
  )
  .version(packageDescription.version)
  .executableDir(dirname(here))
  .showHelpAfterError('(mock-gem --help shows what there is)')
  .addHelpText(
    'after',
    `
Examples:
  mock-gem dev                        emulator and connector together, with a first sync
  mock-gem serve --port 4010          the emulator alone, for any connector
  mock-gem scenario list              the worlds that it can start from
  mock-gem logs --follow              what a running emulator is asked
  mock-gem watch                      what a connector and the real Gem say to each other
  mock-gem explain jobs <id>          why a unified record is what it is
  GEM_API_KEY=… mock-gem connector    the connector alone, against any Gem`,
  );

addDevCommand(program);
addServeCommand(program);
addScenarioCommand(program);
addLogsCommand(program);
addExplainCommand(program);
addVerifyCommand(program);
addWatchCommand(program);
addHealthCommand(program);
// The connector is a program of its own: the two halves never meet in one process.
program.command('connector', 'run the connector against a Gem, real or emulated', {
  executableFile: `../connector/main${extname(here)}`,
});

pointToHelp(program.commands, 'mock-gem');

await program.parseAsync();

/** A mistyped option leads to the help that lists it. */
function pointToHelp(commands: readonly Command[], before: string): void {
  for (const command of commands) {
    const words = `${before} ${command.name()}`;
    command.showHelpAfterError(`(${words} --help shows what there is)`);
    pointToHelp(command.commands, words);
  }
}
