import type { Command } from 'commander';
import { addVerifyConnectorCommand } from './connector.ts';
import { addVerifyGemCommand } from './gem.ts';

/** Adds `mock-gem verify`: holds a connector, or a Gem, against what was promised. */
export function addVerifyCommand(program: Command): void {
  const verify = program
    .command('verify')
    .description('hold a connector to the rules, or a Gem to its description')
    .addHelpText(
      'after',
      `
Exit codes: 0 everything held, 1 something was broken, 2 it could not be verified.`,
    );
  addVerifyConnectorCommand(verify);
  addVerifyGemCommand(verify);
}
