import type { Command } from 'commander';
import { addVerifyConnectorCommand } from './connector.ts';
import { addVerifyGemCommand } from './gem.ts';

/** Adds `mock-gem verify`: verifies a connector by the rules, or a server by the description of Gem. */
export function addVerifyCommand(program: Command): void {
  const verify = program
    .command('verify')
    .description('verify a connector by the rules, or a server by the description of Gem')
    .addHelpText(
      'after',
      `
Exit codes: 0 everything held, 1 something was broken, 2 it could not be verified.`,
    );
  addVerifyConnectorCommand(verify);
  addVerifyGemCommand(verify);
}
