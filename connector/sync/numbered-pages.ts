import type { Page } from '../gem/pages.ts';
import { beginReading } from '../store/queries/rows.ts';
import type { Database } from '../store/schema.ts';

/** A page, and the number that its reading was given. */
export interface NumberedPage extends Page {
  reading: number;
}

/**
 * Gives each page a number before Gem is asked for it. What was stored under a higher number by the time the page is
 * written may be newer than the page.
 */
export async function* numberPages(
  database: Database,
  pages: AsyncGenerator<Page>,
): AsyncGenerator<NumberedPage, void> {
  try {
    for (;;) {
      const reading = await beginReading(database);
      const next = await pages.next();
      if (next.done) return;
      yield { ...next.value, reading };
    }
  } finally {
    await pages.return(undefined);
  }
}

/**
 * Gives the same items, and fetches each next one while its predecessor is still being worked on. What goes wrong with
 * an item is told when it is the item's turn, and of an item that nobody asks for any more, never.
 */
export async function* readAhead<Item>(items: AsyncGenerator<Item, void>): AsyncGenerator<Item, void> {
  let next = items.next();
  try {
    for (let item = await next; !item.done; item = await next) {
      next = items.next();
      next.catch(() => {});
      yield item.value;
    }
  } finally {
    // It is not waited for: an item that is being fetched may take long.
    items.return().catch(() => {});
  }
}
