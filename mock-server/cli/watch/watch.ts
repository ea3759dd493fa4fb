import type { Command } from 'commander';
import { addOptions } from '../../../contracts/server/options.ts';
import { processTerminal, type Terminal } from '../terminal.ts';
import { watchOptions, type WatchOptions } from './options.ts';
import { summaries } from '../summaries.ts';

/** Adds `mock-gem watch`: what a connector and Gem really say to each other, held against the description. */
export function addWatchCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program.command('watch').description(summaries.watch.purpose);
  addOptions(command, watchOptions, terminal.env)
    .addHelpText('after', help)
    .action(async (options: WatchOptions) => {
      // Loaded here, so that other commands start faster.
      const { runWatch } = await import('./run-watch.ts');
      await runWatch(options, terminal);
    });
}

const help = `
Everything passes through untouched: keys, bodies, errors. Nothing is kept but shapes and counts, and no value of a record is
shown or written. Ctrl-C ends it, with a summary of what was learnt about Gem.

Each line tells whether it is about a request (Gem took or refused what the description does not say), an answer (of another
form), a write (a field came back as something else than was sent), how Gem behaves, or the mirror (a world of an emulator
answers the same write in another way). A write about records that the mirror does not have is not compared, and says so.

Examples:
  mock-gem watch                                       then point your connector at http://127.0.0.1:4050
  mock-gem watch --drift drift.patch --markdown seen.md
  mock-gem watch --console http://127.0.0.1:4010       live at http://127.0.0.1:4010/_console/watch, beside npm start
  mock-gem watch --mirror default                      the emulator, held against Gem by your own connector's writes
  mock-gem watch --gem-url http://127.0.0.1:4010       in front of the emulator, to try it out`;
