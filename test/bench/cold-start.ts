import { spawn } from 'node:child_process';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

/**
 * How long a program takes from its start to its first answer, in milliseconds.
 *
 * @param flags what Node is told, given the port to listen on
 */
export async function coldStart(flags: (port: number) => readonly string[]): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, flags(port), {
    stdio: 'ignore',
    cwd: resolve(import.meta.dirname, '../..'),
  });
  try {
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error('the program ended before it listened');
    }
    return performance.now() - began;
  } finally {
    child.kill();
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((settle) => {
    request({ port, host: '127.0.0.1', agent: false }, (response) => {
      response.resume().on('end', () => settle(true));
    })
      .on('error', () => setTimeout(settle, 2, false))
      .end();
  });
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((settle) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => settle(port));
    });
  });
}
