// What the pages of a list have shown, and what that proves about missing records.

/** What the pages of a list have shown so far. */
export interface ListEvidence {
  /** Records, each counted once. */
  records: number;
  /** How long the list is by the pages' own words: the last one, the least and the most; null while none said so. */
  total: { last: number; least: number; most: number } | null;
  /** Whether the words about the length agreed with each other. */
  isSteady: boolean;
  /** A page that stayed empty though others follow; null when there is none. */
  hole: number | null;
}

/** What is known of a list before its first page. */
export const nothingShown: ListEvidence = { records: 0, total: null, isSteady: true, hole: null };

/**
 * Adds a page. An empty page past the end may say 0, or nothing, of a list that is not empty; that is no word about the
 * list.
 *
 * @param added how many of its records were not met before
 */
export function withPage(
  shown: ListEvidence,
  page: { records: readonly unknown[]; total: number | null },
  added: number,
): ListEvidence {
  const records = shown.records + added;
  const said = page.records.length === 0 && (page.total ?? 0) < records ? null : page.total;
  if (said === null) return { ...shown, records };
  const { least, most } = shown.total ?? { least: said, most: said };
  return {
    ...shown,
    records,
    total: { last: said, least: Math.min(least, said), most: Math.max(most, said) },
  };
}

/** Whether all that the list says it has was met, so that an empty page is its end beyond doubt. */
export function isCovered({ records, total }: ListEvidence): boolean {
  return total !== null && records >= total.most && total.last >= records;
}

/**
 * Why a list that was read to its end was not read whole; null when it was. New records may lengthen a list behind the
 * reader's back, and deletions shorten it, so the least length counts; where the lengths contradict each other, the most.
 */
export function whyNotWhole({ records, total, isSteady, hole }: ListEvidence): string | null {
  if (hole !== null) return `Gem shows nothing on page ${hole}, and more on the page after it`;
  const expected = total === null ? 0 : isSteady ? total.least : total.most;
  return records < expected ? `Gem shows ${records} of ${expected} records` : null;
}

/** Whether a list that was read whole proves that what it did not show is gone. */
export function provesAbsence(shown: ListEvidence): boolean {
  return whyNotWhole(shown) === null && shown.records >= (shown.total?.most ?? 0);
}

/** The weaker evidence of two parts of a list; null proves as much as the other. */
export function lessProving(one: ListEvidence | null, other: ListEvidence): ListEvidence {
  return one !== null && !provesAbsence(one) ? one : other;
}
