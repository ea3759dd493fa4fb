import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import type { Services } from '../../actions/services.ts';
import { UnifiedProblem } from '../../errors.ts';
import { defaultFieldsOf } from '../../policy/default-fields.ts';
import {
  type IntegrationField,
  listIntegrationFields,
  noteIntegrationFields,
  passOnField,
} from '../../store/queries/fields.ts';
import type { Integration } from '../../store/queries/integrations.ts';
import { pageOf } from '../lists/cursor.ts';

/** The raw fields of an integration, with those that its rows have brought since the last call. */
export async function readIntegrationFields(
  { database }: Pick<Services, 'database'>,
  { id }: Integration,
): Promise<IntegrationField[]> {
  await noteIntegrationFields(database, id, defaultFieldsOf(id));
  return listIntegrationFields(database, id);
}

/** `GET /integrations/{id}/integration-fields` (kombo-unified-api §4.6). */
export async function showIntegrationFields(
  services: Pick<Services, 'database'>,
  integration: Integration,
  query: { cursor?: string; page_size?: number },
): Promise<UnifiedSchemas['IntegrationFieldPage']> {
  const fields = await readIntegrationFields(services, integration);
  const place = { operationId: 'getIntegrationFields', integrationId: integration.id };
  const { results, next } = pageOf(place, fields, ({ model, key, id }) => `${model}/${key}/${id}`, query);
  return { status: 'success', data: { results: results.map(toItem), next } };
}

/** `PATCH /integrations/{id}/integration-fields/{field id}`; null means as at first, which is passed on. */
export async function updateIntegrationField(
  services: Pick<Services, 'database' | 'clock'>,
  integration: Integration,
  fieldId: string,
  { enable_passthrough: isWanted }: UnifiedSchemas['UpdateIntegrationFieldBody'],
): Promise<UnifiedSchemas['IntegrationFieldAnswer']> {
  const field = findField(await readIntegrationFields(services, integration), fieldId);
  const isEnabled = isWanted ?? true;
  const { database, clock } = services;
  await passOnField(database, {
    integrationId: integration.id,
    field,
    isEnabled,
    clock,
  });
  return { status: 'success', data: toItem({ ...field, isPassthroughEnabled: isEnabled }) };
}

function findField(fields: readonly IntegrationField[], id: string): IntegrationField {
  const field = fields.find((candidate) => candidate.id === id);
  if (field) return field;
  const message = 'This integration has no raw field with this id. Take it from its integration-fields.';
  throw new UnifiedProblem('PLATFORM.INPUT_INVALID', message, { status: 404 });
}

function toItem(field: IntegrationField): UnifiedSchemas['IntegrationField'] {
  const { id, key, model, type, label, isPassthroughEnabled } = field;
  return { id, key, model, type, label, is_passthrough_enabled: isPassthroughEnabled, is_writable: false };
}
