import { Command, InvalidArgumentError } from 'commander';
import { addOptions, type OptionsOf, type OptionsTable } from '../../contracts/server/options.ts';

/**
 * Reads what a script of the project is called with. `--help`, and what it does not know, end it with words.
 *
 * @param call how it is called, such as `npm run bench --`
 * @param describe adds what it is for, and what it takes beside its options
 */
export function readCommandLine<Table extends OptionsTable>(
  call: string,
  table: Table,
  describe: (command: Command) => Command,
): { options: OptionsOf<Table>; named: string[] } {
  const command = addOptions(describe(new Command(call)), table).parse();
  return { options: command.opts(), named: command.args };
}

/** Reads a number of things or minutes. @throws InvalidArgumentError, which the command line shows as one line */
export function readPositive(text: string): number {
  const number = Number(text);
  if (number > 0) return number;
  throw new InvalidArgumentError('It has to be a number above 0.');
}
