// Which actions run for an integration, over all processes. Those of a process that died count until their time is over.
import { sql } from 'kysely';
import type { Database } from '../../store/schema.ts';

/** One action that wants to run. */
export interface Lease {
  integrationId: string;
  /** Tells the action from all others. */
  name: string;
}

/**
 * Lets an action run, unless as many as may do already. A call at the same moment waits for the row.
 *
 * @param bounds.now milliseconds since 1970
 * @param bounds.until when it counts no longer, even if it did not end
 * @returns how many run now; undefined when it may not
 */
export async function takeActionSlot(
  database: Database,
  { integrationId, name }: Lease,
  { now, until, limit }: { now: number; until: number; limit: number },
): Promise<number | undefined> {
  const { rows } = await sql<{ running: number }>`
    insert into actions_under_way as present (integration_id, leases)
    values (${integrationId}, jsonb_build_object(${name}::text, ${until}::bigint))
    on conflict (integration_id) do update set
      leases = excluded.leases || (
        select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(present.leases)
        where value::bigint > ${now}::bigint
      )
    where (select count(*) from jsonb_each(present.leases) where value::bigint > ${now}::bigint) < ${limit}::integer
    returning (select count(*)::integer from jsonb_object_keys(present.leases)) as running
  `.execute(database);
  return rows[0]?.running;
}

/** Makes room for another action. */
export async function freeActionSlot(database: Database, { integrationId, name }: Lease): Promise<void> {
  await sql`
    update actions_under_way set leases = leases - ${name}::text where integration_id = ${integrationId}
  `.execute(database);
}
