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
