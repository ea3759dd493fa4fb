import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

const here = import.meta.dirname;

/** A process of the bench. It ends with this one. */
export interface Child {
  /** Sends a message and gives the answer. */
  ask: (message: object) => Promise<unknown>;
  stop: () => void;
}

/**
 * Starts one of the bench's programs.
 *
 * @returns the process, with the first message that it sent
 */
export async function start(program: string, ...flags: string[]): Promise<[Child, unknown]> {
  const child = fork(resolve(here, program), flags);
  const first = await nextMessage(child);
  const ask = (message: object) => {
    const answer = nextMessage(child);
    child.send(message);
    return answer;
  };
  return [{ ask, stop: () => child.kill() }, first];
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((settle, reject) => {
    const ended = (code: number | null) => reject(new Error(`a process of the bench ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      settle(message);
    });
  });
}
