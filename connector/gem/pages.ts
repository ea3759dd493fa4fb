import { isDeepStrictEqual } from 'node:util';
import { gemDescription } from '../../contracts/gem.ts';
import type { ListOperation } from './call-types.ts';
import type { GemClient } from './client.ts';
import { GemAnswerUnreadable } from './errors.ts';
import { missedOf, pageBeforeLoss } from './lost-records.ts';
import { answeredAt, totalOf } from './page-headers.ts';

/** One page of a list, as Gem sent it. */
export interface Page {
  /** Counts from 1. */
  number: number;
  /**
   * Not yet held against the description. Beside the page's own there may be some that had slipped onto the page before,
   * after that was read.
   */
  records: readonly unknown[];
  /** Whether the list ends here. */
  isLast: boolean;
  /** When Gem answered, by its own clock; null when it did not say so. */
  answeredAt: string | null;
  /** How long the whole list is; null when Gem did not say so. */
  total: number | null;
}

/** How the pages of a list are read. */
export interface PageOptions {
  /** The page to begin with; 1 when left out. */
  from?: number;
  /** How long the list was when the page before that one was read. */
  total?: number | null;
  /** Whether deleted records leave the list, so that later ones move up onto pages that were read. */
  canShrink?: boolean;
  signal?: AbortSignal | undefined;
}

/**
 * Reads a list page by page, the empty page at its end included. A page that is not full is no end: a vendor may cap
 * the size below what was asked for (gem-ats-api §1.5).
 *
 * No record is lost to a list that changes meanwhile. New ones come at its end, or push others onto later pages, where
 * they are read twice. When the list gets shorter, others move up: where that is to be expected, each page is read
 * again after the next one; elsewhere the list's length gives it away, and reading goes back as far as they can have
 * moved.
 *
 * @param query filters, without paging
 * @throws GemError one of its family; the reason of the signal
 */
export async function* pagesOf(
  gem: GemClient,
  operation: ListOperation,
  query: Readonly<Record<string, unknown>> = {},
  { from = 1, total: knownTotal = null, canShrink = false, signal }: PageOptions = {},
): AsyncGenerator<Page> {
  let total = knownTotal;
  let before: Page | undefined;
  for (let number = from; ;) {
    const page = await readPage(number);
    const back = pageBeforeLoss(page, total, before?.records.length);
    total = page.total ?? total;
    if (back !== undefined) {
      number = back;
      before = undefined;
      continue;
    }
    if (before) refuseRepetition(before, page);
    if (canShrink && before) {
      const missed = missedOf(before, await readPage(before.number));
      yield { ...page, records: [...missed, ...page.records] };
    } else {
      yield page;
    }
    if (page.isLast) return;
    before = page;
    number += 1;
  }

  async function readPage(number: number): Promise<Page> {
    signal?.throwIfAborted();
    const asked = { query: { ...query, page: number, ...pageSizeOf(operation) } };
    const { body, headers } = await gem.ask(operation, asked, signal);
    if (!Array.isArray(body)) {
      throw new GemAnswerUnreadable(operation, `Gem's answer to ${operation} is not a list`);
    }
    const records: readonly unknown[] = body;
    return {
      number,
      records,
      isLast: records.length === 0,
      answeredAt: answeredAt(headers),
      total: totalOf(headers),
    };
  }

  /** Without this check, a server that does not know `page` would be read for ever. */
  function refuseRepetition(one: Page, next: Page): void {
    if (next.isLast || !isDeepStrictEqual(one.records, next.records)) return;
    throw new GemAnswerUnreadable(operation, `Gem repeats page ${one.number} of ${operation}`);
  }
}

const largestPage = { ats: 500, crm: 100 };

/** The ATS and the CRM name the size of a page differently (gem-ats-api §1.5). */
function pageSizeOf(operation: ListOperation): Record<string, number> {
  const parameters = gemDescription.operations.get(operation)?.parameters ?? [];
  const isAts = parameters.some(({ name }) => name === 'per_page');
  return isAts ? { per_page: largestPage.ats } : { page_size: largestPage.crm };
}
