import { createHash } from 'node:crypto';
import { gemDescription } from '../../contracts/gem.ts';
import { pagesOf } from '../gem/pages.ts';
import type { Lookup } from '../models/lookups.ts';
import { unread } from '../store/queries/read-checkpoints.ts';
import { saveCheckpoint } from '../store/queries/save-checkpoint.ts';
import { isOfOneList, whyLeftOut, type Reading } from './reading.ts';

/**
 * Reads a lookup to its end. Only a digest of it is kept, to tell whether it changed since the last good sync. If so, a
 * delta sync reads the lists whole that carry copies of its records, because Gem does not count that as their change.
 */
export async function readLookup(reading: Reading, { operation, copiedInto }: Lookup): Promise<void> {
  const { database, sync, checkpoints, watermarks } = reading;
  if (checkpoints.some(({ listing }) => listing === operation)) return;
  const checkpoint = { ...unread, syncId: sync.id, listing: operation, isFinished: true };
  try {
    const digest = await digestOf(reading, operation);
    const before = watermarks.find(({ listing }) => listing === operation)?.digest;
    await database.transaction().execute(async (transaction) => {
      await saveCheckpoint(transaction, { ...checkpoint, digest });
      if (sync.type === 'FULL' || digest === before) return;
      for (const listing of copiedInto) {
        await saveCheckpoint(transaction, { ...unread, syncId: sync.id, listing });
      }
    });
  } catch (error) {
    if (!isOfOneList(error)) throw error;
    await saveCheckpoint(database, { ...checkpoint, problem: whyLeftOut(error) });
  }
}

/** The same for the same records in any order. */
async function digestOf({ gem, signal }: Reading, operation: Lookup['operation']): Promise<string> {
  const records: string[] = [];
  const knowsDeleted = gemDescription.operations
    .get(operation)
    ?.parameters.some(({ name }) => name === 'include_deleted');
  const query = knowsDeleted ? { include_deleted: true } : {};
  for await (const page of pagesOf(gem, operation, query, { signal })) {
    records.push(...page.records.map((record) => JSON.stringify(record)));
  }
  const hash = createHash('sha256');
  for (const record of new Set(records.toSorted())) hash.update(`${record}\n`);
  return hash.digest('hex');
}
