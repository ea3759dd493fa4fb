import { type RawBuilder, sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import { changeRows } from '../change-rows.ts';
import { toJson } from '../storable.ts';
import type { Database } from '../schema.ts';
import type { Clock } from '../../../contracts/clock.ts';

// The raw fields of an integration: what Gem's answers hold that the unified models have no place for.

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

/** The models whose rows carry raw fields. */
export const modelsWithFields = [
  'ats_jobs',
  'ats_candidates',
  'ats_applications',
] as const satisfies ModelName[];

/**
 * Notes the raw fields that an integration's rows carry, beside those that are known anyway. One row is enough for all that
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

/** Says whether a raw field appears on rows. `changed_at` moves for the rows that have the field, if that is news. */
export async function passOnField(
  database: Database,
  {
    integrationId,
    field,
    isEnabled,
    clock,
  }: {
    integrationId: string;
    field: Pick<IntegrationField, 'id' | 'model'>;
    isEnabled: boolean;
    clock: Clock;
  },
): Promise<void> {
  await changeRows(database, { integrationId, clock, isAlone: true }, async (transaction, at) => {
    const { numAffectedRows: news } = await sql`
      update integration_fields set is_passthrough_enabled = ${isEnabled}::boolean
      where integration_id = ${integrationId} and id = ${field.id}
        and is_passthrough_enabled <> ${isEnabled}::boolean
    `.execute(transaction);
    if (!news) return;
    await sql`
      update ${sql.table(field.model)} set changed_at = ${at}::timestamptz
      where integration_id = ${integrationId} and integration_fields @> ${toJson([{ id: field.id }])}::jsonb
    `.execute(transaction);
  });
}

// The custom fields of environments, and what each integration maps them to (kombo-unified-api §5.6).

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

/** The mappings of an integration that callers made. */
export async function listFieldMappings(database: Database, integrationId: string): Promise<FieldMapping[]> {
  const { rows } = await sql<FieldMapping>`
    select model, key, integration_field_id as "integrationFieldId"
    from custom_field_mappings where integration_id = ${integrationId}
  `.execute(database);
  return rows;
}

/** Maps a custom field. `changed_at` moves for the rows where the new field has another value than the old one. */
export async function mapCustomField(
  database: Database,
  {
    integrationId,
    mapping: { model, key, integrationFieldId },
    before,
    clock,
  }: {
    integrationId: string;
    mapping: FieldMapping;
    /** The raw field that it is mapped to at first, if to any. */
    before: string | null;
    clock: Clock;
  },
): Promise<void> {
  await changeRows(database, { integrationId, clock, isAlone: true }, async (transaction, at) => {
    // No other call maps it meanwhile.
    const { rows } = await sql<{ id: string | null }>`
      select integration_field_id as id from custom_field_mappings
      where integration_id = ${integrationId} and model = ${model} and key = ${key}
    `.execute(transaction);
    const [mapped] = rows;
    const former = mapped ? mapped.id : before;
    await sql`
      insert into custom_field_mappings (integration_id, model, key, integration_field_id)
      values (${integrationId}, ${model}, ${key}, ${integrationFieldId})
      on conflict (integration_id, model, key) do update set integration_field_id = excluded.integration_field_id
    `.execute(transaction);
    await sql`
      update ${sql.table(model)} set changed_at = ${at}::timestamptz
      where integration_id = ${integrationId}
        and ${valueOf(former)} is distinct from ${valueOf(integrationFieldId)}
    `.execute(transaction);
  });
}

/** A raw field's value on a row; SQL's null where the row does not have it. */
function valueOf(fieldId: string | null): RawBuilder<unknown> {
  const names = sql`jsonb_build_object('id', ${fieldId}::text)`;
  return sql`jsonb_path_query_first(integration_fields, '$[*] ? (@.id == $id).value', ${names})`;
}
