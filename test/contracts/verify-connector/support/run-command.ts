import { EventEmitter } from 'node:events';
import { Command } from 'commander';
import { addVerifyConnectorCommand } from '../../../../mock-server/cli/verify/verify.ts';

export interface Ended {
  code: number | undefined;
  stdout: string;
  stderr: string;
}

class Exited extends Error {}

/** Runs `mock-gem verify connector` in this process. */
export async function verify(
  flags: readonly string[],
  { env = {}, signals = new EventEmitter() }: { env?: Record<string, string>; signals?: EventEmitter } = {},
): Promise<Ended> {
  const ended: Ended = { code: undefined, stdout: '', stderr: '' };
  const program = new Command().configureOutput({
    writeOut: (text) => (ended.stdout += text),
    writeErr: (text) => (ended.stderr += text),
  });
  addVerifyConnectorCommand(program, {
    stdout: { write: (text) => (ended.stdout += text) },
    stderr: { write: (text) => (ended.stderr += text) },
    env,
    signals,
    end(code, isAtOnce) {
      ended.code = code;
      if (isAtOnce) throw new Exited();
    },
  });
  await program.parseAsync(['connector', ...flags], { from: 'user' }).catch((error: unknown) => {
    if (!(error instanceof Exited)) throw error;
  });
  return ended;
}
