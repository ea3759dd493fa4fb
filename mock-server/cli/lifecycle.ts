import { setTimeout } from 'node:timers/promises';
import { PortTaken } from '../../contracts/server/listen.ts';
import { stopSignals } from '../../contracts/stop.ts';

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
