import { sql } from 'kysely';
import type { Database } from '../../../../connector/store/schema.ts';

/** Adds integrations that were connected a month ago, each with three days of syncs that went well. */
export async function addIntegrations(
  database: Database,
  environmentId: string,
  count: number,
): Promise<void> {
  await sql`
    insert into integrations (id, environment_id, gem_url, gem_api_key, end_user_organization_name, is_remote_data_enabled,
      first_synced_at, created_at)
    select 'gem:' || lpad(number::text, 24, 'i'), ${environmentId}, 'http://127.0.0.1:9', 'sealed', 'Acme', false,
      now() - interval '30 days', now() - interval '31 days'
    from generate_series(1, ${count}::integer) as number
  `.execute(database);
  await sql`
    insert into syncs (id, integration_id, type, state, started_at, ended_at)
    select integration.id || '/' || number, integration.id, 'DELTA', 'SUCCEEDED',
      now() - number * interval '3 hours', now() - number * interval '3 hours' + interval '1 minute'
    from integrations as integration, generate_series(1, 24) as number
  `.execute(database);
  await sql`analyze`.execute(database);
}
