import { isDeepStrictEqual } from 'node:util';
import { gemDescription } from '../../contracts/gem.ts';
import type { ListOperation } from './call-types.ts';
import type { GemClient } from './client.ts';
import { GemAnswerUnreadable, GemNotFound, GemRefusedInput } from './errors.ts';
import { pause, parseHttpDate } from './retry.ts';
import { isCovered, nothingShown, type ListEvidence, whyNotWhole, withPage } from './list-evidence.ts';

/** One page of a list, as Gem sent it. */
export interface Page {
  /** Counts from 1. */
  number: number;
  /**
   * Not yet held against the description. Beside the page's own there may be some that had slipped onto the page before,
   * after that was read.
   */
  records: readonly unknown[];
  /** Whether reading ends here. */
  isLast: boolean;
  /** Why the list was not read whole, on the last page; null when it was, and on all others. */
  problem: string | null;
  /** When Gem answered, by its own clock; null when it did not say so. */
  answeredAt: string | null;
  /** What the list has shown up to this page. */
  shown: ListEvidence;
}

/** How the pages of a list are read. */
export interface PageOptions {
  /** The page to begin with; 1 when left out. */
  from?: number;
  /** What the pages before that one have shown. */
  shown?: ListEvidence | null;
  /** Whether deleted records leave the list, so that later ones move up onto pages that were read. */
  canShrink?: boolean;
  signal?: AbortSignal | undefined;
}

/** A page as it came. */
export interface RawPage {
  number: number;
  records: readonly unknown[];
  answeredAt: string | null;
  total: number | null;
}

/**
 * Reads a list page by page to its end, which is an empty page: one that is not full is no end, as a vendor may cap the
 * size below what was asked for (gem-ats-api §1.5). Unless the list's own length says that all has come, the empty page
 * is asked for again, and the one after it too; where the length says that more is to come, once more after a while.
 *
 * No record is lost to a list that changes meanwhile. New ones come at its end, or push others onto later pages, where
 * they are read twice. When the list gets shorter, others move up: where that is to be expected, each page is read
 * again after the next one; elsewhere the list's length gives it away, and reading goes back as far as they can have
 * moved.
 *
 * Whatever the server answers, reading ends: two pages in a row without anything new are the last, and so is the page of
 * number {@link maxPages}; it goes back at most {@link maxReturns} times; no page is asked for more than five times
 * before, between and after these, so N pages with something new take at most 5 · (N + 2) · ({@link maxReturns} + 1)
 * calls, and N + 1 of a server that keeps to its own length.
 *
 * @param query filters, without paging
 * @throws GemError one of its family; the reason of the signal
 */
export async function* pagesOf(
  gem: GemClient,
  operation: ListOperation,
  query: Readonly<Record<string, unknown>> = {},
  { from = 1, shown: shownBefore, canShrink = false, signal }: PageOptions = {},
): AsyncGenerator<Page> {
  const seen = new Set<unknown>();
  let shown = shownBefore ?? nothingShown;
  let before: RawPage | undefined;
  let furthest = from - 1;
  let pagesWithoutNews = 0;
  let returned = { times: 0, page: 0, seen: 0 };

  for (let number = from; number <= maxPages;) {
    let page = await readPage(number);
    const back = pageToGoBackTo(page);
    shown = withPage(shown, page, 0);
    if (back !== undefined) {
      number = back;
      before = undefined;
      continue;
    }
    if (page.records.length === 0) {
      const more = await lookBeyond(page);
      if (!more) return yield await last(page, whyNotWhole);
      if (more.number > page.number) shown = { ...shown, hole: shown.hole ?? page.number };
      page = more;
    }
    const records = await withMissed(page);
    const news = records.filter((record) => !seen.has(keyOf(record)));
    for (const record of news) seen.add(keyOf(record));
    const added = new Set(news.map(keyOf)).size;
    shown = withPage(shown, page, added);
    if (page.number > furthest) pagesWithoutNews = added === 0 ? pagesWithoutNews + 1 : 0;
    furthest = Math.max(furthest, page.number);
    if (isRepetition(page)) return yield await last({ ...page, records: [] }, whyRepeated);
    yield { ...page, records, isLast: false, problem: null, shown };
    before = page;
    number = page.number + 1;
  }
  yield { number: maxPages, records: [], isLast: true, problem: endless, answeredAt: null, shown };

  async function readPage(number: number): Promise<RawPage> {
    signal?.throwIfAborted();
    const options = { query: { ...query, page: number, ...pageSizeOf(operation) } };
    const { body, headers } = await gem.ask(operation, options, signal).catch((error: unknown) => {
      // A server may refuse pages past the end.
      if (isRefusedPage(error) && isCovered(shown)) return pastTheEnd;
      throw error;
    });
    if (!Array.isArray(body)) {
      throw new GemAnswerUnreadable(operation, `Gem's answer to ${operation} is not a list`);
    }
    const records: readonly unknown[] = body;
    return { number, records, answeredAt: answeredAt(headers), total: totalOf(headers) };
  }

  /**
   * Where reading goes on when the list has become shorter; undefined to go on here. A length that makes reading come
   * back to where it went away, for nothing, is none. One of 0 leaves nothing to go back for.
   */
  function pageToGoBackTo(page: RawPage): number | undefined {
    const back = pageBeforeLoss(page, shown.total?.last ?? null, before?.records.length);
    if (back === undefined || page.total === 0 || !shown.isSteady) return undefined;
    const isForNothing = page.number <= returned.page && seen.size === returned.seen;
    if (isForNothing || returned.times === maxReturns) {
      shown = { ...shown, isSteady: false };
      return undefined;
    }
    returned = { times: returned.times + 1, page: page.number, seen: seen.size };
    return back;
  }

  /** What an empty page was hiding: its records after all, or the page after it; undefined when the list ends. */
  async function lookBeyond({ number }: RawPage): Promise<RawPage | undefined> {
    if (isCovered(shown)) return undefined;
    // One page that stays empty is waited for; a server that has more of them is not waited for each time.
    const isContradicted = whyNotWhole(shown) !== null && shown.hole === null;
    for (let attempt = 1; attempt <= (isContradicted ? 2 : 1); attempt += 1) {
      if (isContradicted) await pause(gem.retry.delay(attempt), signal);
      const again = await readPage(number);
      if (again.records.length > 0) return again;
    }
    try {
      const next = await readPage(number + 1);
      return next.records.length > 0 ? next : undefined;
    } catch (error) {
      if (isRefusedPage(error)) return undefined;
      throw error;
    }
  }

  /** The records of a page, with those that moved up onto the page before after that was read. */
  async function withMissed({ records }: RawPage): Promise<readonly unknown[]> {
    if (!canShrink || !before) return records;
    return [...missedOf(before, await readPage(before.number)), ...records];
  }

  /** Whether the server has nothing more to say: it does not know `page`, or shows the last pages for ever. */
  function isRepetition({ records }: RawPage): boolean {
    const isSame = pagesWithoutNews === 1 && before && isDeepStrictEqual(before.records, records);
    return isSame || pagesWithoutNews === 2;
  }

  function whyRepeated(): string | null {
    return isCovered(shown) ? null : `Gem repeats pages of ${operation}`;
  }

  async function last(page: RawPage, why: (shown: ListEvidence) => string | null): Promise<Page> {
    const records = await withMissed(page);
    const news = records.filter((record) => !seen.has(keyOf(record)));
    shown = withPage(shown, { records, total: null }, new Set(news.map(keyOf)).size);
    return { ...page, records, isLast: true, problem: why(shown), shown };
  }
}

function isRefusedPage(error: unknown): boolean {
  return error instanceof GemNotFound || error instanceof GemRefusedInput;
}

const pastTheEnd = { body: [], headers: new Headers() };

/** More than the largest account has; a list that is longer than that has no end. */
export const maxPages = 100_000;

/** How often reading goes back because a list became shorter. */
export const maxReturns = 5;

const endless = `Gem's list does not end within ${maxPages} pages`;

const largestPage = { ats: 500, crm: 100 };

/** The ATS and the CRM name the size of a page differently (gem-ats-api §1.5). */
function pageSizeOf(operation: ListOperation): Record<string, number> {
  const parameters = gemDescription.operations.get(operation)?.parameters ?? [];
  const isAts = parameters.some(({ name }) => name === 'per_page');
  return isAts ? { per_page: largestPage.ats } : { page_size: largestPage.crm };
}

/**
 * The page to go back to when a list has become shorter since its last page was read: so many places, and no more, may
 * records have moved up. Undefined when nothing was lost.
 *
 * @param total how long the list was then; null when that is not known
 * @param size how many records a page holds; undefined when no page was read before
 */
export function pageBeforeLoss(
  page: Pick<RawPage, 'number' | 'records' | 'total'>,
  total: number | null,
  size: number = page.records.length,
): number | undefined {
  const lost = (total ?? 0) - (page.total ?? total ?? 0);
  if (lost <= 0 || page.number === 1) return undefined;
  return size === 0 ? 1 : Math.max(1, page.number - Math.ceil(lost / size));
}

/** The records on a page that was read again which were not on it before. */
export function missedOf(
  { records: before }: Pick<RawPage, 'records'>,
  again: Pick<RawPage, 'records'>,
): unknown[] {
  const known = new Set(before.map(keyOf));
  return again.records.filter((record) => !known.has(keyOf(record)));
}

/** What tells a record from others: its id, or all of it. */
export function keyOf(record: unknown): unknown {
  const id: unknown = typeof record === 'object' && record !== null && 'id' in record ? record.id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? id : JSON.stringify(record);
}

// What the headers of an answer say about a list and about the time.

/** When an answer was given, by the server's clock; null when it does not say so. */
export function answeredAt(headers: Headers): string | null {
  const time = parseHttpDate(headers.get('date') ?? '');
  return time === undefined ? null : new Date(time).toISOString();
}

/**
 * How many records a list has, by its `X-Pagination` (gem-ats-api §1.5, assumed); null when it does not say so, or says
 * what cannot be.
 */
export function totalOf(headers: Headers): number | null {
  try {
    const pagination: unknown = JSON.parse(headers.get('x-pagination') ?? 'null');
    const said: unknown =
      typeof pagination === 'object' && pagination !== null ? Reflect.get(pagination, 'total') : null;
    const total = typeof said === 'string' && /^\d+$/.test(said) ? Number(said) : said;
    return typeof total === 'number' && Number.isInteger(total) && total >= 0 && total <= maxRecords
      ? total
      : null;
  } catch {
    return null;
  }
}

/** More than any account can have. */
const maxRecords = 100_000_000;
