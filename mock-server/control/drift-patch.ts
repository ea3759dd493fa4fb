// The patch of the evidence, made in a thread of its own: to read the description with all its comments takes a fifth of a second.
import { isMainThread, workerData } from 'node:worker_threads';
import { orderApart, workApart } from '../machine/thread.ts';

interface PatchOrder {
  subject: string;
  startedAt: string;
  /** JSON pointers into the description. */
  confirmed: readonly string[];
}

/** Writes what was confirmed as a patch of the description, while others are answered. */
export async function patchApart(order: PatchOrder): Promise<string> {
  return String(await orderApart(new URL(import.meta.url), { patchOf: order }));
}

const order: unknown = workerData;
if (!isMainThread && isForThisFile(order)) {
  const { subject, startedAt, confirmed } = order.patchOf;
  // Not awaited: who requires this package from CommonJS can load no module that waits.
  void workApart(
    async () => {
      // Loaded in this thread alone: what reads YAML is a tenth of all that an emulator would load for its start.
      const { driftPatch } = await import('../../contracts/drift/patch.ts');
      return driftPatch({
        isEmulator: false,
        subject,
        date: startedAt.slice(0, 10),
        confirmed: confirmed.map((place) => ({ place })),
      });
    },
    () => undefined,
  );
}

function isForThisFile(given: unknown): given is { patchOf: PatchOrder } {
  return typeof given === 'object' && given !== null && 'patchOf' in given;
}
