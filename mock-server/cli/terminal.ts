import { setTimeout } from 'node:timers/promises';
import { spawn } from 'node:child_process';
import { PortTaken } from '../../contracts/server/listen.ts';
import { stopSignals } from '../../contracts/stop.ts';

/** The terminal that a command runs in; tests pass another one. */
export interface Terminal {
  /** The result goes here. */
  stdout: Stream;
  /** Progress and problems go here. */
  stderr: Stream;
  env: Readonly<Record<string, string | undefined>>;
  /** Tells of the signals that stop a program. */
  signals: Pick<NodeJS.EventEmitter, 'on' | 'off'>;
  /**
   * Sets the exit code.
   *
   * @param isAtOnce whether to exit now, whatever still runs
   */
  end(code: number, isAtOnce: boolean): void;
}

export interface Stream {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

/** The terminal of this process. */
export const processTerminal: Terminal = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signals: process,
  end(code, isAtOnce) {
    if (isAtOnce) process.exit(code);
    process.exitCode = code;
  },
};

/** Columns to write in: a terminal's own, but no lines too long to read; 80 where there is none. */
export function columnsOf({ isTTY, columns }: Stream): number {
  return isTTY ? Math.min(columns ?? 80, 110) : 80;
}

/** One line of what went wrong. */
export function reasonOf(error: unknown, portOption: string): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return error instanceof PortTaken
    ? `${line}; stop what holds it or choose another with ${portOption}`
    : line;
}

/** What comes of Ctrl-C. */
export interface Interruption {
  /** Is aborted by the first one, and by whoever else has a reason. */
  controller: AbortController;
  isInterrupted(): boolean;
  /** Lets Ctrl-C do again what it usually does. */
  release(): void;
}

/** Aborts at the first Ctrl-C or SIGTERM; the second one does not wait. */
export function abortOnSignal({ signals, end }: Terminal): Interruption {
  const controller = new AbortController();
  let isInterrupted = false;
  const interrupt = () => {
    if (isInterrupted) end(130, true);
    isInterrupted = true;
    controller.abort(new Error('broken off'));
  };
  for (const name of stopSignals) signals.on(name, interrupt);
  return {
    controller,
    isInterrupted: () => isInterrupted,
    release: () => {
      for (const name of stopSignals) signals.off(name, interrupt);
    },
  };
}

/**
 * Runs `stop` once on the first Ctrl-C or SIGTERM and exits with 0; a second one does not wait.
 *
 * @param stop frees what the command holds
 */
export function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of stopSignals) {
    process.on(signal, () => {
      if (isStopping) process.exit(130);
      isStopping = true;
      stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error, ''),
      );
    });
  }
}

/**
 * Starts something that listens. A port that is taken gets a moment to become free: its last holder may just be
 * stopping.
 *
 * @throws PortTaken when it is still taken then
 */
export async function startWhenFree<Server>(start: () => Promise<Server>, patience = 1500): Promise<Server> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof PortTaken) || patience <= 0) throw error;
    await setTimeout(portCheckInterval);
    return startWhenFree(start, patience - portCheckInterval);
  }
}

/** Milliseconds. */
const portCheckInterval = 200;

/**
 * Says what went wrong in one line and exits with 1.
 *
 * @param portOption the option that chooses another port
 */
export function fail(error: unknown, portOption: string): never {
  const reason = error instanceof Error ? error.message : String(error);
  const advice =
    error instanceof PortTaken ? `; stop what holds it or choose another with ${portOption}` : '';
  process.stderr.write(`mock-gem: ${whyNotHeard(error, portOption) ?? reason}${advice}\n`);
  process.exit(1);
}

/** Why nothing can listen there, where the system says no more than a word of its own. */
function whyNotHeard(error: unknown, portOption: string): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === 'ENOTFOUND' || error.code === 'EADDRNOTAVAIL')
    return 'this machine has no such address to listen on; --host takes 127.0.0.1, 0.0.0.0 or one of its own';
  if (error.code === 'EACCES' && 'syscall' in error && error.syscall === 'listen')
    return `this user may not listen on that port; choose one above 1023 with ${portOption}`;
  return undefined;
}

/** Opens an address in the browser of whoever started the command; where there is none, nothing happens. */
export function openInBrowser(url: string): void {
  const [command, ...words] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...words, url], { stdio: 'ignore', detached: true });
  // A machine without a browser has no such command, and the address is printed in any case.
  child.once('error', () => {});
  child.unref();
}

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  // `start` is a word of the shell; what stands first in quotes would be the title of its window.
  win32: ['cmd', '/c', 'start', ''],
};
