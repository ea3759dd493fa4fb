import { gemDescription } from '../../contracts/gem.ts';
import type { ListOperation } from './call-types.ts';
import type { GemClient } from './client.ts';
import { GemAnswerUnreadable } from './errors.ts';

/** One page of a list, as Gem sent it. */
export interface Page {
  /** Counts from 1. */
  number: number;
  /** Not yet held against the description; empty on the last page. */
  records: readonly unknown[];
}

/**
 * Reads a list page by page, the empty page at its end included. A page that is not full is no end: a vendor may cap
 * the size below what was asked for (gem-ats-api §1.5).
 *
 * @param query filters, without paging
 * @param from the page to begin with
 * @throws GemError one of its family
 */
export async function* pagesOf(
  gem: GemClient,
  operation: ListOperation,
  query: Readonly<Record<string, unknown>> = {},
  from = 1,
): AsyncGenerator<Page> {
  const size = pageSizeOf(operation);
  let previous = '';
  for (let number = from; ; number += 1) {
    const records = await gem.send(operation, { query: { ...query, page: number, ...size } });
    if (!Array.isArray(records)) {
      throw new GemAnswerUnreadable(operation, `Gem's answer to ${operation} is not a list`);
    }
    const first = JSON.stringify(records[0] ?? null);
    // Without this check, a server that does not know `page` would be read for ever.
    if (records.length > 0 && first === previous) {
      throw new GemAnswerUnreadable(operation, `Gem repeats page ${number - 1} of ${operation}`);
    }
    previous = first;
    yield { number, records };
    if (records.length === 0) return;
  }
}

const largestPage = { ats: 500, crm: 100 };

/** The ATS and the CRM name the size of a page differently (gem-ats-api §1.5). */
function pageSizeOf(operation: ListOperation): Record<string, number> {
  const parameters = gemDescription.operations.get(operation)?.parameters ?? [];
  const isAts = parameters.some(({ name }) => name === 'per_page');
  return isAts ? { per_page: largestPage.ats } : { page_size: largestPage.crm };
}
