import { sql } from 'kysely';
import { listHandlers } from '../../../../connector/api/lists/index.ts';
import type { Database } from '../../../../connector/store/schema.ts';

const lists = ['getAtsCandidates', 'getAtsApplications', 'getAtsInterviews'] as const;

/** Every page of the lists whose items are kept ready, as they are sent: as often as it takes for all to be kept. */
export async function readKept(database: Database, integrationId: string, size = 100): Promise<string[]> {
  await readAll(database, integrationId, size);
  return readAll(database, integrationId, size);
}

/** The same, made of the rows as they are. */
export async function makeAnew(database: Database, integrationId: string, size = 100): Promise<string[]> {
  let pages: string[] = [];
  const undone = new Error('what was thrown away is back');
  await database
    .transaction()
    .execute(async (transaction) => {
      await sql`delete from ready_items where integration_id = ${integrationId}`.execute(transaction);
      pages = await readAll(transaction, integrationId, size);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return pages;
}

async function readAll(database: Database, integrationId: string, size: number): Promise<string[]> {
  const handlers = listHandlers({ database });
  const caller = { integration: () => ({ id: integrationId }) } as never;
  const pages: string[] = [];
  for (const list of lists) {
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const query = { page_size: size, include_deleted: true, ...(cursor ? { cursor } : {}) };
      const { body } = await handlers[list]({ query }, caller);
      const text = body.bytes.toString();
      pages.push(text);
      const page: { data: { next: string | null } } = JSON.parse(text);
      cursor = page.data.next;
    }
  }
  return pages;
}
