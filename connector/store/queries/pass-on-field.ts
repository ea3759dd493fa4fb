import { sql } from 'kysely';
import type { Clock } from '../../../contracts/clock.ts';
import { changeRows } from '../change-rows.ts';
import type { Database } from '../schema.ts';
import { toJson } from '../json.ts';
import type { IntegrationField } from './integration-fields.ts';

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
