import { dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Help } from 'commander';
import packageDescription from '../package.json' with { type: 'json' };
import { summaries, type Summary } from './cli/summaries.ts';

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
  mock-gem capture --out my-account   a pseudonymised copy of a real account
  mock-gem explain jobs <id>          why a unified record is what it is
  GEM_API_KEY=… mock-gem connector    the connector alone, against any Gem`,
  );

/** Adds each command. To load one takes as long as to do what many of them do. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  dev: async () => (await import('./cli/dev/dev.ts')).addDevCommand,
  serve: async () => (await import('./cli/serve/serve.ts')).addServeCommand,
  scenario: async () => (await import('./cli/scenario/scenario.ts')).addScenarioCommand,
  logs: async () => (await import('./cli/logs.ts')).addLogsCommand,
  explain: async () => (await import('./cli/explain/explain.ts')).addExplainCommand,
  verify: async () => (await import('./cli/verify/verify.ts')).addVerifyCommand,
  watch: async () => (await import('./cli/watch/watch.ts')).addWatchCommand,
  capture: async () => (await import('./cli/capture/capture.ts')).addCaptureCommand,
  health: async () => (await import('./cli/health.ts')).addHealthCommand,
};

// The one that is named is loaded. Of the others the help, and advice on a mistyped name, need no more than a summary.
const named = process.argv.slice(2).find((word) => Object.hasOwn(summaries, word));
for (const [name, { purpose }] of Object.entries<Summary>(summaries)) {
  const add = name === named ? await commands[name]?.() : undefined;
  if (add) add(program);
  else program.command(name).description(purpose);
}
program.configureHelp({ subcommandTerm: termOf });
// The connector is a program of its own: the two halves never meet in one process.
program.command('connector', 'run the connector against a Gem, real or emulated', {
  executableFile: `../connector/main${extname(here)}`,
});

pointToHelp(program.commands, 'mock-gem');

await program.parseAsync();

/** How the help shows a command: one that is not loaded does not know what it takes. */
function termOf(command: Command): string {
  const summary = Object.entries<Summary>(summaries).find(([name]) => name === command.name())?.[1];
  const isOurs = command.parent === program && summary !== undefined;
  return isOurs ? `${command.name()} ${summary.takes}`.trim() : new Help().subcommandTerm(command);
}

/** A mistyped option leads to the help that lists it. */
function pointToHelp(commands: readonly Command[], before: string): void {
  for (const command of commands) {
    const words = `${before} ${command.name()}`;
    command.showHelpAfterError(`(${words} --help shows what there is)`);
    pointToHelp(command.commands, words);
  }
}
