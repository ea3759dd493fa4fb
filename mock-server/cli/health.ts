import { existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { addOptions, option, type OptionsOf } from '../../contracts/server/options.ts';
import { readDuration } from './arguments.ts';
import { summaries } from './summaries.ts';

const healthOptions = {
  /** Seconds. */
  wait: option('--wait <time>', 'until they do, for so long at most', { read: readDuration, default: 0 }),
};

/** Adds `mock-gem health`: what a container asks whether it still does its work. */
export function addHealthCommand(program: Command): void {
  const command = program
    .command('health')
    .description(summaries.health.purpose)
    .argument(
      '[command...]',
      'how they were started; in a container process 1 tells it, elsewhere it is `serve`',
    )
    .allowUnknownOption();
  addOptions(command, healthOptions)
    .addHelpText(
      'after',
      `
Examples:
  mock-gem health                             in a container whose command is mock-gem
  mock-gem health -- serve --port 8080
  mock-gem health --wait '30 seconds'         before tests, on the machine where mock-gem serve was started`,
    )
    .action(async (given: string[], { wait }: OptionsOf<typeof healthOptions>) => {
      const addresses = addressesOf(given.length > 0 ? given : commandOfFirstProcess());
      const failures = await askUntil(addresses, performance.now() + wait * 1000);
      for (const failure of failures) process.stderr.write(`mock-gem: ${failure}\n`);
      process.exitCode = failures.length > 0 ? 1 : 0;
    });
}

/**
 * What answers where, by the words after `mock-gem` on the command line of a server. A worker of the connector is
 * asked on its status port; without one it serves nothing, and is well as long as it runs.
 */
export function addressesOf(command: readonly string[]): string[] {
  const option = (name: string, otherwise: string): string => {
    const at = command.findLastIndex((word) => word === name || word.startsWith(`${name}=`));
    const value = command[at]?.includes('=') ? command[at]?.slice(name.length + 1) : command[at + 1];
    return at >= 0 && value !== undefined ? value : otherwise;
  };
  const named = option('--host', '127.0.0.1');
  const isEverywhere = ['0.0.0.0', '::', '[::]'].includes(named);
  const host = isEverywhere ? '127.0.0.1' : named.includes(':') ? `[${named}]` : named;
  const emulator = (port: string) => `http://${host}:${port}/openapi.json`;
  const connector = (port: string) => `http://${host}:${port}/health`;
  switch (command.find((word) => !word.startsWith('-'))) {
    case 'connector':
      if (option('--role', 'both') !== 'worker') return [connector(option('--port', '4020'))];
      return [option('--status-port', '')].filter((port) => port !== '').map(connector);
    case 'dev':
      return [emulator(option('--gem-port', '4010')), connector(option('--connector-port', '4020'))];
    default:
      return [emulator(option('--port', '4010'))];
  }
}

const firstProcess = '/proc/1/cmdline';

/** The words after `mock-gem` with which process 1 was started, be it behind an init or not. */
function commandOfFirstProcess(): string[] {
  // Only Linux has it, and only in a container of ours does it say anything.
  const words = existsSync(firstProcess) ? readFileSync(firstProcess, 'utf8').split('\0').slice(0, -1) : [];
  const at = words.findLastIndex((word) => /(^|\/)mock-gem(\.js)?$/.test(word));
  return at < 0 ? [] : words.slice(at + 1);
}

/**
 * Asks until all answer, or it is too late.
 *
 * @param end milliseconds, as `performance.now()` has them
 * @returns why some do not answer
 */
async function askUntil(addresses: readonly string[], end: number): Promise<string[]> {
  const failures = (await Promise.all(addresses.map(ask))).filter((failure) => failure !== undefined);
  if (failures.length === 0 || performance.now() >= end) return failures;
  await setTimeout(pause);
  return askUntil(addresses, end);
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
const [patience, pause] = [1500, 200];
