import { createHash } from 'node:crypto';
import { pagesOf } from '../gem/pages.ts';
import type { Lookup } from '../models/listings.ts';
import { saveCheckpoint, unread } from '../store/queries/progress.ts';
import { isRead, type Reading } from './reading.ts';
import { whyLeftOut } from './why-left-out.ts';

/**
 * Reads a lookup to its end. Only a digest of it is stored, to see whether it changed since the last good sync. If so, a
 * delta sync reads the lists whole that carry copies of its records, because Gem does not count that as their change.
 */
export async function readLookup(reading: Reading, { operation, copiedInto }: Lookup): Promise<void> {
  const { database, sync, checkpoints, watermarks } = reading;
  if (checkpoints.some(({ listing }) => listing === operation)) return;
  const checkpoint = { ...unread, syncId: sync.id, listing: operation, isFinished: true };
  if (!copiedInto.some((listing) => isRead(reading, listing))) return saveCheckpoint(database, checkpoint);
  try {
    const { digest, problem } = await digestOf(reading, operation);
    if (problem !== null) return await saveCheckpoint(database, { ...checkpoint, problem });
    reading.found.hasRead = true;
    const before = watermarks.find(({ listing }) => listing === operation)?.digest;
    await database.transaction().execute(async (transaction) => {
      await saveCheckpoint(transaction, { ...checkpoint, digest });
      if (sync.type === 'FULL' || digest === before) return;
      for (const listing of copiedInto) {
        await saveCheckpoint(transaction, { ...unread, syncId: sync.id, listing });
      }
    });
  } catch (error) {
    const problem = await whyLeftOut(reading, operation, error);
    await saveCheckpoint(database, { ...checkpoint, problem });
  }
}

/**
 * The digest is the same for the same records in any order. A list that was not read whole, which the problem tells, has
 * none: it would look changed now, and again once it is whole.
 */
async function digestOf(
  { gem, signal }: Reading,
  operation: Lookup['operation'],
): Promise<{ digest: string; problem: string | null }> {
  const records: string[] = [];
  let problem: string | null = null;
  for await (const page of pagesOf(gem, operation, { include_deleted: true }, { signal })) {
    for (const record of page.records) records.push(JSON.stringify(record));
    problem = page.problem;
  }
  const hash = createHash('sha256');
  for (const record of new Set(records.toSorted())) hash.update(`${record}\n`);
  return { digest: hash.digest('hex'), problem };
}
