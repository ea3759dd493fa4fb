import type { Kombo } from '@kombo-api/sdk';
import type { Both } from '../../../support/both.ts';

/** What the rows work with: both sides, the official client as it is, and the integration that it reads. */
export interface Fixture {
  both: Both;
  kombo: Kombo;
  integration_id: string;
  /** Connects an account that no other row looks at, and gives its integration. */
  connectAnother: () => Promise<string>;
}

/** Calls a method of the official client, and sees that it did what it is for. */
export type Row = (fixture: Fixture) => Promise<void>;

/** A part of the client, such as its recruiting side. */
type Part = 'ats' | 'general' | 'connect' | 'hris' | 'assessment';

/** A row for each method of a part; one that lacks does not compile. What begins with an underscore is machinery. */
export type Rows<Name extends Part> = Readonly<Record<Exclude<keyof Kombo[Name], `_${string}`>, Row>>;

/** Reads every page of a list. */
export async function all<Item>(
  pages: PromiseLike<AsyncIterable<{ result: { data: { results: Item[] } } }>>,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of await pages) items.push(...page.result.data.results);
  return items;
}
