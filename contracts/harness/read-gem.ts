import { gemDescription } from '../gem.ts';
import type { Account } from './adapter.ts';
import { gemLists, type RecordList } from './lists.ts';
import type { GemRecords } from './run.ts';

/**
 * Reads all that Gem shows of an account.
 *
 * @throws Error when a list is not answered with 200
 */
export async function readGem(account: Account): Promise<GemRecords> {
  const names = Object.keys(gemLists) as RecordList[];
  const lists = await Promise.all(names.map(async (name) => [name, await readList(account, name)] as const));
  // Every name of the table stands in it once.
  return Object.fromEntries(lists) as unknown as GemRecords;
}

async function readList({ url, apiKey, applicationSecret }: Account, list: RecordList): Promise<object[]> {
  const { operation, showsDeleted } = gemLists[list];
  const path = gemDescription.operations.get(operation)?.path;
  const records: object[] = [];
  for (let page = 1; ; page += 1) {
    const query = new URLSearchParams({ page: String(page), per_page: String(perPage) });
    if (showsDeleted) query.set('include_deleted', 'true');
    const target = `${url}${path}?${query}`;
    const response = await fetch(target, {
      headers: { 'X-API-Key': apiKey, 'X-Application-Secret': applicationSecret },
    });
    if (response.status !== 200) throw new Error(`${target} answered ${response.status}`);
    const found = (await response.json()) as object[];
    records.push(...found);
    if (found.length < perPage) return records;
  }
}

const perPage = 500;
