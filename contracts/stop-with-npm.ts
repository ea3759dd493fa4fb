import { readFileSync } from 'node:fs';

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
  try {
    // `pid (name) state ppid …`; the name may hold anything, even parentheses.
    const status = readFileSync(`/proc/${parent}/stat`, 'utf8');
    return `${parent} ${status.slice(status.lastIndexOf(')')).split(' ')[2]}`;
  } catch {
    return String(parent);
  }
}

/** Milliseconds. */
const parentCheckInterval = 200;
