import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { Lines } from '../../lines.ts';

/** How a program is run. */
export interface ProgramSettings {
  /** Milliseconds that an answer may take; two minutes by default. */
  answerLimit?: number | undefined;
  /** Milliseconds that it may take to end by itself; two seconds by default. */
  endLimit?: number | undefined;
  /** Where its standard error goes; by default to that of this process. */
  stderr?: 'inherit' | 'ignore' | undefined;
}

/** A program that answers lines of JSON with lines of JSON. */
export interface Program {
  /** @throws Error in one line: its own message, or that it can no longer answer */
  ask(call: string, more: object): Promise<unknown>;
  /** Rejects when it can no longer answer; never resolves. */
  broken: Promise<never>;
  /** Lets it end, and kills it when it does not. */
  close(): Promise<void>;
}

/** Starts a program through a shell. */
export function startProgram(
  command: string,
  { answerLimit = 120_000, endLimit = 2000, stderr = 'inherit' }: ProgramSettings = {},
): Program {
  // Its own process group: all that the shell starts can be killed with it, and Ctrl-C does not reach it.
  const child = spawn(command, {
    shell: true,
    stdio: ['pipe', 'pipe', stderr],
    detached: process.platform !== 'win32',
  });
  const waiting = new Map<number, Waiting>();
  const breaking = Promise.withResolvers<never>();
  let [problem, isClosing, last]: [Error | undefined, boolean, number] = [undefined, false, 0];

  const fail = (reason: string): void => {
    if (problem) return;
    problem = new Error(reason);
    if (!isClosing) breaking.reject(problem);
    for (const { reject } of waiting.values()) reject(problem);
    waiting.clear();
  };
  // `ask` rejects as well.
  breaking.promise.catch(() => undefined);

  const exited = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      fail(`the command cannot be started: ${error.message}`);
      resolve();
    });
    child.once('close', (code, signal) => {
      fail(`the command ended (${signal ?? `exit code ${code}`}): ${command}`);
      resolve();
    });
  });
  // Writing to a program that has ended fails; its end is reported by `close`.
  child.stdin?.on('error', () => undefined);
  if (child.stdout) {
    const lines = new Lines();
    const take = (line: string) => {
      if (line.trim() === '') return;
      const answer = readAnswer(line);
      const asked = answer && waiting.get(answer.id);
      if (!asked) {
        fail(
          `the command wrote a line that answers nothing: ${line.slice(0, 80)} (what is no answer belongs on standard error)`,
        );
        end(child, 'SIGKILL');
        return;
      }
      waiting.delete(answer.id);
      if (answer.problem === undefined) asked.resolve(answer.result);
      else asked.reject(new Error(answer.problem));
    };
    child.stdout.on('data', (piece: Buffer) => {
      for (const line of lines.push(piece)) take(line);
    });
    child.stdout.on('end', () => {
      for (const line of lines.end()) take(line);
    });
  }

  return {
    broken: breaking.promise,
    async ask(call, more) {
      if (problem) throw problem;
      const id = (last += 1);
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const clock = setTimeout(() => {
        fail(`the command did not answer "${call}" within ${answerLimit / 1000} seconds`);
        end(child, 'SIGKILL');
      }, answerLimit);
      waiting.set(id, { resolve, reject });
      child.stdin?.write(`${JSON.stringify({ id, call, ...more })}\n`);
      return promise.finally(() => clearTimeout(clock));
    },
    async close() {
      isClosing = true;
      child.stdin?.end();
      const clock = setTimeout(() => end(child, 'SIGKILL'), endLimit);
      await exited.finally(() => clearTimeout(clock));
    },
  };
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Answer {
  id: number;
  result?: unknown;
  problem?: string;
}

function readAnswer(line: string): Answer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'number')
    return undefined;
  const { id } = value;
  if (!('error' in value)) return { id, result: 'result' in value ? value.result : undefined };
  const { error } = value;
  const message: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : error;
  return {
    id,
    problem:
      typeof message === 'string'
        ? (message.split('\n', 1)[0] ?? '')
        : 'the command said no more than that it failed',
  };
}

/** Ends a program and all that it started. */
function end(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid === undefined) child.kill(signal);
    else if (process.platform !== 'win32') process.kill(-child.pid, signal);
    // Windows knows no groups; what the shell started would go on without it.
    else spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
  } catch {
    // It is gone already.
  }
}
