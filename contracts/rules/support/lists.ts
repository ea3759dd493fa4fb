// Lists of Gem beside the lists of the unified API (kombo-unified-api §2.1).
import { isDeepStrictEqual } from 'node:util';
import { unifiedLists, type ListName } from '../../harness/lists.ts';
import type { State, GemRecords, UnifiedItems } from '../../harness/run.ts';

/** The common fields of all records. */
export interface AnyRecord {
  id: string;
  deleted_at?: string | null;
  updated_at?: string | null;
  /** What applications have in place of `updated_at`. */
  last_activity_at?: string | null;
}

/** The common fields of all items. */
export interface AnyItem {
  id: string;
  remote_id: string | null;
  changed_at: string;
  remote_deleted_at: string | null;
}

/**
 * The records that become the items of each unified list that the connector covers.
 *
 * @param shown the items to take; by default those that the lists show without filters
 */
export function eachList(
  { gem, unified, lists }: State,
  shown: UnifiedItems = unified,
): { list: ListName; records: readonly AnyRecord[]; items: readonly AnyItem[] }[] {
  return lists.map((list) => ({ list, records: gem[unifiedLists[list].records], items: shown[list] }));
}

/** The items whose records exist at Gem and are not deleted; each once. */
export function itemsThere(gem: GemRecords, unified: UnifiedItems, list: ListName): readonly AnyItem[] {
  const records: readonly AnyRecord[] = gem[unifiedLists[list].records];
  const items: readonly AnyItem[] = unified[list];
  return [...new Map(items.map((item) => [item.remote_id, item] as const)).values()].filter(({ remote_id }) =>
    isThere(records, remote_id),
  );
}

/** Whether Gem shows a record as deleted. */
export function isDeleted({ deleted_at: deletedAt }: AnyRecord): boolean {
  return deletedAt !== null && deletedAt !== undefined;
}

/** Whether Gem still shows a record, and not as deleted. */
export function isThere(records: readonly AnyRecord[], id: string | null): boolean {
  const record = id === null ? undefined : byId(records).get(id);
  return record !== undefined && !isDeleted(record);
}

/** Whether Gem shows a record in both lists, and the same of it. */
export function isSameRecord(
  before: readonly AnyRecord[],
  after: readonly AnyRecord[],
  id: string | null,
): boolean {
  const [old, record] = [before, after].map((records) => (id === null ? undefined : byId(records).get(id)));
  return old !== undefined && isDeepStrictEqual(old, record);
}

/** The same records are searched many times. */
const indexes = new WeakMap<readonly AnyRecord[], ReadonlyMap<string, AnyRecord>>();

function byId(records: readonly AnyRecord[]): ReadonlyMap<string, AnyRecord> {
  const known = indexes.get(records);
  if (known) return known;
  const index = new Map(records.map((record) => [record.id, record] as const));
  indexes.set(records, index);
  return index;
}

/** What changed at Gem since an earlier state, although Gem noted it before the sync of that state began. */
export function lateChanges(before: State, { gem }: State, list: ListName): readonly AnyRecord[] {
  const records: readonly AnyRecord[] = gem[unifiedLists[list].records];
  const earlier = byId(before.gem[unifiedLists[list].records]);
  return records.filter((record) => {
    const known = earlier.get(record.id);
    const notedAt = notedAtOf(record);
    return (
      known !== undefined &&
      notedAt !== notedAtOf(known) &&
      typeof notedAt === 'string' &&
      Date.parse(notedAt) < Date.parse(before.startedAt)
    );
  });
}

function notedAtOf({ updated_at, last_activity_at }: AnyRecord): string | null | undefined {
  return updated_at ?? last_activity_at;
}
