// The custom fields of environments, and what each integration maps them to (kombo-unified-api §5.6).
import { sql } from 'kysely';
import { toJson } from '../json.ts';
import type { Database } from '../schema.ts';

/** A field of an environment's own. */
export interface CustomField {
  model: string;
  key: string;
  label: string | null;
  description: string | null;
}

/** What an integration maps a custom field to; null where it is mapped to nothing. */
export interface FieldMapping {
  model: string;
  key: string;
  integrationFieldId: string | null;
}

/** Stores custom fields of an environment; those that are there already take over label and description. */
export async function saveCustomFields(
  database: Database,
  environmentId: string,
  fields: readonly CustomField[],
): Promise<void> {
  await sql`
    insert into custom_fields (environment_id, model, key, label, description)
    select ${environmentId}, model, key, label, description
    from json_to_recordset(${toJson(fields)}::json) as given (model text, key text, label text, description text)
    on conflict (environment_id, model, key) do update
      set label = excluded.label, description = excluded.description
  `.execute(database);
}

/** The custom fields that an environment has for itself. */
export async function listCustomFields(database: Database, environmentId: string): Promise<CustomField[]> {
  const { rows } = await sql<CustomField>`
    select model, key, label, description from custom_fields where environment_id = ${environmentId}
  `.execute(database);
  return rows;
}

/** The mappings of an integration that somebody made. */
export async function listFieldMappings(database: Database, integrationId: string): Promise<FieldMapping[]> {
  const { rows } = await sql<FieldMapping>`
    select model, key, integration_field_id as "integrationFieldId"
    from custom_field_mappings where integration_id = ${integrationId}
  `.execute(database);
  return rows;
}
