// What rows show of their raw fields, as their integration has it (kombo-unified-api §5.6). It is decided as they are
// read, so a change of a mapping shows at once, and a sync need not know of it.
import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import type { Fragment } from './filters.ts';

/** The `custom_fields` of a row: those that it was stored with, but for the ones that somebody mapped otherwise. */
export function shownCustomFields(row: string, model: ModelName): Fragment {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  return sql`coalesce((
          select ${column('custom_fields')} - array_agg(mapping.key)
            || coalesce(jsonb_object_agg(mapping.key, field.value -> 'value') filter (where field.value is not null), '{}')
          from custom_field_mappings as mapping
            left join lateral jsonb_array_elements(${column('integration_fields')}) as field (value)
              on field.value ->> 'id' = mapping.integration_field_id
          where mapping.integration_id = ${column('integration_id')} and mapping.model = ${sql.lit(model)}
        ), ${column('custom_fields')})`;
}

/** The `integration_fields` of a row: all but those that are not passed on. */
export function shownIntegrationFields(row: string): Fragment {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  return sql`(
          select coalesce(jsonb_agg(field.value order by field.place), '[]'::jsonb)
          from jsonb_array_elements(${column('integration_fields')}) with ordinality as field (value, place)
          where not exists (
            select from integration_fields as hidden
            where hidden.integration_id = ${column('integration_id')} and hidden.id = field.value ->> 'id'
              and not hidden.is_passthrough_enabled)
        )`;
}
