// The raw fields of an integration: what Gem's answers hold that the unified models have no place for.
import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/** A raw field of an integration (kombo-unified-api §5.6). */
export interface IntegrationField {
  id: string;
  model: string;
  key: string;
  type: 'DEFAULT' | 'CUSTOM';
  label: string | null;
  /** Whether its values appear in the `integration_fields` of rows. */
  isPassthroughEnabled: boolean;
}

/** All raw fields of an integration that were noted, in the order of their names. */
export async function listIntegrationFields(
  database: Database,
  integrationId: string,
): Promise<IntegrationField[]> {
  const { rows } = await sql<IntegrationField>`
    select id, model, key, type, label, is_passthrough_enabled as "isPassthroughEnabled"
    from integration_fields where integration_id = ${integrationId}
    order by model collate "C", key collate "C", id
  `.execute(database);
  return rows;
}
