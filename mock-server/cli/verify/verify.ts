import type { Command } from 'commander';
import { addOptions } from '../../../contracts/server/options.ts';
import { processTerminal, type Terminal } from '../terminal.ts';
import {
  verifyConnectorExamples,
  verifyConnectorHelp,
  verifyConnectorOptions,
  type VerifyConnectorOptions,
} from './connector-options.ts';
import { addVerifyGemCommand } from './gem.ts';
import { summaries } from '../summaries.ts';

/** Adds `mock-gem verify`: verifies a connector by the rules, or a server by the description of Gem. */
export function addVerifyCommand(program: Command): void {
  const verify = program
    .command('verify')
    .description(summaries.verify.purpose)
    .addHelpText(
      'after',
      `
Exit codes: 0 everything held, 1 something was broken, 2 it could not be verified.`,
    );
  addVerifyConnectorCommand(verify);
  addVerifyGemCommand(verify);
}

/** Adds `mock-gem verify connector`: verifies a connector that reads from an emulator by the rules. */
export function addVerifyConnectorCommand(verify: Command, terminal: Terminal = processTerminal): void {
  const command = verify
    .command('connector')
    .description('verify a connector by the rules, in made-up worlds of an emulator')
    .addHelpText('after', verifyConnectorHelp);
  addOptions(command, verifyConnectorOptions, terminal.env)
    .addHelpText('after', verifyConnectorExamples)
    // Exit code 1 is for broken rules.
    .exitOverride(({ exitCode }) => terminal.end(exitCode === 0 ? 0 : 2, true))
    .action(async (options: VerifyConnectorOptions) => {
      // Loaded here, so that other commands start faster.
      const { runVerifyConnector } = await import('./connector-run.ts');
      await runVerifyConnector(options, terminal);
    });
}
