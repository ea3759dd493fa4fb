import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

/** The root of the repository. */
export const root = resolve(import.meta.dirname, '../..');

const compileCache = join(tmpdir(), 'mock-gem-compile-cache');

/** A program that runs. */
export interface Running {
  child: ChildProcess;
  /** Resolves with the first line of standard output that matches; rejects when the program ends before. */
  line: (matches: (line: string) => boolean) => Promise<string>;
  /** What it has written to standard output so far. */
  printed: () => string;
  /** Resolves once the program has ended. */
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** How long a busy machine takes to start something is no matter of a test. */
function withoutWaiting(stderr: string): string {
  return stderr.replaceAll(/^mock-gem: still .* \(\d+ s\)\n/gm, '');
}

/**
 * Runs a program and stops it when the test is over.
 *
 * @param file the program; `node` is the one that runs the tests
 */
export function run(
  file: string,
  flags: readonly string[],
  { cwd = root, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Running {
  const child = spawn(file === 'node' ? process.execPath : file, flags, {
    cwd,
    // What one program compiled the next need not.
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // There npm is a script of the shell.
    shell: process.platform === 'win32' && file === 'npm',
  });
  let [stdout, stderr] = ['', ''];
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((settle) => {
    child.once('close', (code) => settle({ code, stdout, stderr: withoutWaiting(stderr) }));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    child,
    ended,
    printed: () => stdout,
    line: (matches) =>
      new Promise((settle, reject) => {
        const look = () => {
          const found = stdout.split('\n').slice(0, -1).find(matches);
          if (found === undefined) return;
          listeners.delete(look);
          settle(found);
        };
        listeners.add(look);
        look();
        void ended.then(({ code }) => reject(new Error(`ended with ${code}: ${stdout}${stderr}`)));
      }),
  };
}
