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
