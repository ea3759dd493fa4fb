import { ControlRefused } from '../../control/client.ts';
import type { Fault } from '../../faults/fault.ts';
import type { MockGem } from '../../server.ts';
import type { ServeOptions } from './options.ts';

/**
 * Arms faults and sets recruiters to work in the first world.
 *
 * @throws Error that says in one line what will not do
 */
export async function prepareWorld(
  gem: MockGem,
  options: Pick<ServeOptions, 'fault' | 'activity'>,
): Promise<void> {
  const { fault: faults = [], activity = 0 } = options;
  if (faults.length === 0 && activity === 0) return;
  const world = await gem.control.world();
  for (const text of faults) {
    await world.faults.arm(readFault(text)).catch((error: unknown) => {
      if (!(error instanceof ControlRefused)) throw error;
      // A place is given within the fault: on the command line there is no request.
      const reasons = error.problems.map(({ path, message }) => {
        const place = path.replace(/^body\.?/, '');
        return place.includes('.') ? `${place}: ${message}` : message;
      });
      throw new Error(`--fault ${text} cannot be: ${reasons.join('; ')}`, { cause: error });
    });
  }
  if (activity > 0) await world.simulation.start(activity);
}

function readFault(text: string): Fault {
  try {
    return JSON.parse(text) as Fault;
  } catch {
    throw new Error(`--fault takes JSON such as {"fault":"status","status":500}, not ${text}`);
  }
}
