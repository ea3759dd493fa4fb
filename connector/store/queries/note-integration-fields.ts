import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import { toJson } from '../json.ts';
import type { Database } from '../schema.ts';
import type { IntegrationField } from './integration-fields.ts';

/** The models whose rows carry raw fields. */
export const modelsWithFields = [
  'ats_jobs',
  'ats_candidates',
  'ats_applications',
] as const satisfies ModelName[];

/**
 * Notes the raw fields that an integration's rows carry, beside those that are known anyway. One row stands for all that
 * have the same fields, so only few are opened.
 */
export async function noteIntegrationFields(
  database: Database,
  integrationId: string,
  known: readonly Omit<IntegrationField, 'isPassthroughEnabled'>[],
): Promise<void> {
  await sql`
    insert into integration_fields (integration_id, id, model, key, type, label)
    select ${integrationId}, id, model, key, type, label
    from json_to_recordset(${toJson(known)}::json) as given (id text, model text, key text, type text, label text)
    order by id
    on conflict do nothing
  `.execute(database);
  for (const model of modelsWithFields) {
    const table = sql.table(model);
    await sql`
      with shape as (
        select min(number) as number from ${table}
        where integration_id = ${integrationId} and integration_fields <> '[]'::jsonb
        group by jsonb_path_query_array(integration_fields, '$[*].id')
      )
      insert into integration_fields (integration_id, id, model, key, type, label)
      select distinct on (field.id) ${integrationId}, field.id, ${model}, field.key, field.type, field.label
      from shape join ${table} as present on present.number = shape.number
        cross join lateral jsonb_to_recordset(present.integration_fields)
          as field (id text, key text, type text, label text)
      order by field.id
      on conflict do nothing
    `.execute(database);
  }
}
