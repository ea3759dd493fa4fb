import { sql } from 'kysely';
import { listHandlers } from '../../../connector/api/lists/index.ts';
import { writeCursor } from '../../../connector/api/lists/cursor.ts';
import type { Integration } from '../../../connector/store/queries/integrations.ts';
import type { Store } from '../../../connector/store/open-store.ts';

/** How often a list is asked for. */
const askedTimes = 60;

/** Reads pages of 100 candidates with their applications, scattered over the account. @returns how many pages */
export async function readPages({ database }: Store, integration: Integration): Promise<number> {
  const { rows } = await sql<{ number: string }>`
    select number::text as number from ats_candidates where integration_id = ${integration.id} order by ats_candidates.number
  `.execute(database);
  const place = { operationId: 'getAtsCandidates', integrationId: integration.id };
  const starts = Array.from({ length: askedTimes }, (_, index) => {
    const start = Math.floor((index * Math.max(0, rows.length - 101)) / askedTimes);
    return writeCursor(place, rows[start]?.number ?? '1');
  });
  return ask(database, integration, (index) => ({ cursor: starts[index] ?? '' }));
}

/** Throws away what lists keep ready, so that pages are made as if nobody had read them. */
export async function forgetPages({ database }: Store): Promise<void> {
  await sql`delete from ready_items`.execute(database);
}

/** Polls for candidates that have changed since now, which none has. @returns how often */
export async function poll({ database }: Store, integration: Integration): Promise<number> {
  const { rows } = await sql<{ now: string }>`select instant(clock_timestamp()) as now`.execute(database);
  return ask(database, integration, () => ({ updated_after: rows[0]?.now ?? '' }));
}

async function ask(
  database: Store['database'],
  integration: Integration,
  queryOf: (index: number) => { cursor: string } | { updated_after: string },
): Promise<number> {
  const { getAtsCandidates } = listHandlers({ database });
  const caller = { environmentId: integration.environmentId, publicUrl: '', integration: () => integration };
  let pages = 0;
  for (; pages < askedTimes; pages += 1) {
    const { body } = await getAtsCandidates({ query: queryOf(pages) }, caller);
    // As it is sent.
    if (body.bytes.length === 0) throw new Error('an empty answer');
  }
  return pages;
}
