import { spawn } from 'node:child_process';

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
