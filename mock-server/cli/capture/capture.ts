import type { Command } from 'commander';
import { addOptions } from '../../../contracts/server/options.ts';
import { processTerminal } from '../terminal.ts';
import { captureOptions, type CaptureOptions, type Machine } from './options.ts';
import { summaries } from '../summaries.ts';

/** Adds `mock-gem capture`: a pseudonymised copy of a real account, as a local world. */
export function addCaptureCommand(program: Command, machine?: Machine): void {
  const command = program.command('capture').description(summaries.capture.purpose);
  addOptions(command, captureOptions, (machine?.terminal ?? processTerminal).env)
    .addHelpText('after', help)
    .action(async (options: CaptureOptions) => {
      // Loaded here, so that other commands start faster.
      const { holdLittle, runCapture, thisMachine } = await import('./run-capture.ts');
      if (!machine) holdLittle();
      await runCapture(options, machine ?? thisMachine());
    });
}

const help = `
It only reads, below Gem's limit of 20 calls a second, and goes on where it stood when it is started again with the same folder. What Gem
answers stays in memory: only what was pseudonymised is written, after all of it has passed a last check. Nothing leaves this machine.

Exit codes: 0 the account was captured, 1 it was not. Ctrl-C keeps what was read so far.

Examples:
  GEM_API_KEY=… mock-gem capture --out my-account --keep-until 2027-03-31
  GEM_API_KEY=… mock-gem capture --out few --sample 5             five applications of each job
  GEM_API_KEY=… mock-gem capture --dry-run --sample 5 --yes       only the report
  GEM_API_KEY=… mock-gem capture --dry-run --rare-values --yes    what is to be decided, before anything is written
  mock-gem serve --scenario my-account/scenario.yaml              then use it`;
