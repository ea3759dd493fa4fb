import { sql, type RawBuilder } from 'kysely';
import type { Clock } from '../../../contracts/clock.ts';
import { changeRows } from '../change-rows.ts';
import type { Database } from '../schema.ts';
import type { FieldMapping } from './custom-fields.ts';

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
    /** The raw field that it is mapped to where nobody has mapped it yet, if to any. */
    before: string | null;
    clock: Clock;
  },
): Promise<void> {
  await changeRows(database, { integrationId, clock, isAlone: true }, async (transaction, at) => {
    // Nobody else maps it meanwhile.
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
