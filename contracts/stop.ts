// What tells a program to stop.
import { readFileSync } from 'node:fs';

/**
 * The signals that stop a program. Windows sends no SIGTERM; it tells of a console that is closed, and of Ctrl-Break. (On other
 * systems a program may be meant to outlive its terminal.)
 */
export const stopSignals: readonly NodeJS.Signals[] =
  process.platform === 'win32' ? ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] : ['SIGINT', 'SIGTERM'];

/**
 * Runs `stop` and exits when npm, which started this process, is gone. Killed hard, npm leaves behind the shell that it
 * runs scripts in, and that shell this process, which would hold its ports without end. A process that was not started by
 * npm may outlive its parents.
 */
export function stopWithNpm(stop: () => Promise<void>): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const startedBy = ancestors();
  const watch = setInterval(() => {
    if (ancestors() === startedBy) return;
    clearInterval(watch);
    void stop().finally(() => process.exit(0));
  }, parentCheckInterval);
  watch.unref();
}

/** Parent and, where the system shows it, grandparent. */
function ancestors(): string {
  const parent = process.ppid;
  // There a process keeps the number of its parent when that is gone.
  if (process.platform === 'win32') return isRunning(parent) ? String(parent) : '';
  try {
    // `pid (name) state ppid …`; the name may hold anything, even parentheses.
    const status = readFileSync(`/proc/${parent}/stat`, 'utf8');
    return `${parent} ${status.slice(status.lastIndexOf(')')).split(' ')[2]}`;
  } catch {
    return String(parent);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Milliseconds. */
const parentCheckInterval = 200;
