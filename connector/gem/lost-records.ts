// What becomes of records that move onto pages which were read before, because the list got shorter.

/** A page as far as it matters here. */
interface Page {
  number: number;
  records: readonly unknown[];
  /** How long the list is; null when that is not known. */
  total: number | null;
}

/**
 * The page to go back to when a list has become shorter since its last page was read: so many places, and no more, may
 * records have moved up. Undefined when nothing was lost.
 *
 * @param total how long the list was then; null when that is not known
 * @param size how many records a page holds; undefined when no page was read before
 */
export function pageBeforeLoss(
  page: Page,
  total: number | null,
  size: number = page.records.length,
): number | undefined {
  const lost = (total ?? 0) - (page.total ?? total ?? 0);
  if (lost <= 0 || page.number === 1) return undefined;
  return size === 0 ? 1 : Math.max(1, page.number - Math.ceil(lost / size));
}

/** The records on a page that was read again which were not on it before. */
export function missedOf(
  { records: before }: Pick<Page, 'records'>,
  again: Pick<Page, 'records'>,
): unknown[] {
  const known = new Set(before.map(keyOf));
  return again.records.filter((record) => !known.has(keyOf(record)));
}

/** What tells a record from others: its id, or all of it. */
export function keyOf(record: unknown): unknown {
  const id: unknown = typeof record === 'object' && record !== null && 'id' in record ? record.id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? id : JSON.stringify(record);
}
