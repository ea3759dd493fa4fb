import { readFileSync } from 'node:fs';
import type { Command } from 'commander';

/** Adds `mock-gem health`: what a container asks whether it still does its work. */
export function addHealthCommand(program: Command): void {
  program
    .command('health')
    .description('ask the servers of this container whether they answer; ends with 0 or 1')
    .argument('[command...]', 'how they were started; process 1 tells it, if this does not')
    .allowUnknownOption()
    .addHelpText(
      'after',
      `
Examples:
  mock-gem health                             in a container whose command is mock-gem
  mock-gem health -- serve --port 8080`,
    )
    .action(async (given: string[]) => {
      const addresses = addressesOf(given.length > 0 ? given : commandOfFirstProcess());
      const failures = (await Promise.all(addresses.map(ask))).filter((failure) => failure !== undefined);
      for (const failure of failures) process.stderr.write(`mock-gem: ${failure}\n`);
      process.exitCode = failures.length > 0 ? 1 : 0;
    });
}

/**
 * What answers where, by the words after `mock-gem` on the command line of a server. A worker of the connector serves
 * nothing, and is well as long as it runs.
 */
export function addressesOf(command: readonly string[]): string[] {
  const option = (name: string, usual: string): string => {
    const at = command.findLastIndex((word) => word === name || word.startsWith(`${name}=`));
    const value = command[at]?.includes('=') ? command[at]?.slice(name.length + 1) : command[at + 1];
    return at >= 0 && value !== undefined ? value : usual;
  };
  const named = option('--host', '127.0.0.1');
  const isEverywhere = ['0.0.0.0', '::', '[::]'].includes(named);
  const host = isEverywhere ? '127.0.0.1' : named.includes(':') ? `[${named}]` : named;
  const emulator = (port: string) => `http://${host}:${port}/openapi.json`;
  const connector = (port: string) => `http://${host}:${port}/health`;
  switch (command.find((word) => !word.startsWith('-'))) {
    case 'connector':
      return option('--role', 'both') === 'worker' ? [] : [connector(option('--port', '4020'))];
    case 'dev':
      return [emulator(option('--gem-port', '4010')), connector(option('--connector-port', '4020'))];
    default:
      return [emulator(option('--port', '4010'))];
  }
}

/** The words after `mock-gem` with which process 1 was started, be it behind an init or not. */
function commandOfFirstProcess(): string[] {
  const words = readFileSync('/proc/1/cmdline', 'utf8').split('\0').slice(0, -1);
  return words.slice(words.findLastIndex((word) => /(^|\/)mock-gem(\.js)?$/.test(word)) + 1);
}

/** @returns why it does not answer; undefined when it does */
async function ask(address: string): Promise<string | undefined> {
  try {
    const { ok, status } = await fetch(address, { signal: AbortSignal.timeout(patience) });
    return ok ? undefined : `${address} answers ${status}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return `${address} does not answer (${cause instanceof Error ? cause.message : String(cause)})`;
  }
}

/** Milliseconds. */
const patience = 1500;
