import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import type { Services } from '../../actions/services.ts';
import { invalidInput, UnifiedProblem } from '../../errors.ts';
import { komboId } from '../../identifiers.ts';
import { defaultCustomFields, defaultFieldsOf } from '../../policy/default-fields.ts';
import {
  type CustomField,
  type FieldMapping,
  type IntegrationField,
  listCustomFields,
  listFieldMappings,
  mapCustomField,
  listIntegrationFields,
  noteIntegrationFields,
  passOnField,
} from '../../store/queries/fields.ts';
import type { Integration } from '../../store/queries/integrations.ts';
import { pageOf } from '../lists/cursor.ts';

/** `GET /integrations/{id}/custom-fields` (kombo-unified-api §4.6). */
export async function showCustomFields(
  services: Pick<Services, 'database'>,
  integration: Integration,
  query: { cursor?: string; page_size?: number },
): Promise<UnifiedSchemas['CustomFieldPage']> {
  const mapped = await readMappedFields(services, integration);
  const place = { operationId: 'getCustomFields', integrationId: integration.id };
  const { results, next } = pageOf(place, mapped, ({ model, key }) => `${model}/${key}`, query);
  return { status: 'success', data: { results: results.map(toCustomField), next } };
}

/** `PUT /integrations/{id}/custom-fields/{field id}`: maps a custom field to a raw field of its model, or to none. */
export async function updateCustomField(
  services: Pick<Services, 'database' | 'clock'>,
  integration: Integration,
  customFieldId: string,
  { integration_field_id: wanted }: UnifiedSchemas['UpdateCustomFieldBody'],
): Promise<UnifiedSchemas['CustomFieldAnswer']> {
  const field = (await readMappedFields(services, integration)).find(({ id }) => id === customFieldId);
  if (!field) {
    const message = 'This environment has no custom field with this id. Take it from the custom-fields.';
    throw new UnifiedProblem('PLATFORM.INPUT_INVALID', message, { status: 404 });
  }
  const { model, key } = field;
  const fields = await readIntegrationFields(services, integration);
  const target = fields.find((candidate) => candidate.id === wanted && candidate.model === model) ?? null;
  if (wanted !== null && target === null) {
    throw invalidInput(`body integration_field_id must be the id of a raw field of ${model}, or null.`);
  }
  await mapCustomField(services.database, {
    integrationId: integration.id,
    mapping: { model, key, integrationFieldId: wanted },
    before: field.target?.id ?? null,
    clock: services.clock,
  });
  return { status: 'success', data: toCustomField({ ...field, target }) };
}

/** A custom field with the raw field that it is mapped to. */
interface MappedField extends CustomField {
  id: string;
  target: IntegrationField | null;
}

async function readMappedFields(
  services: Pick<Services, 'database'>,
  integration: Integration,
): Promise<MappedField[]> {
  const { id, environmentId } = integration;
  const fields = await readIntegrationFields(services, integration);
  const mappings = await listFieldMappings(services.database, id);
  return customFieldsOf(await listCustomFields(services.database, environmentId)).map((field) => ({
    id: customFieldId(environmentId, field),
    model: field.model,
    key: field.key,
    label: field.label,
    description: field.description,
    target: targetOf(field, mappings, fields),
  }));
}

/** The id of a custom field of an environment. */
export function customFieldId(
  environmentId: string,
  { model, key }: Pick<CustomField, 'model' | 'key'>,
): string {
  return komboId(environmentId, `custom_fields/${model}/${key}`);
}

/** Those that every environment has, then the environment's own; one of the same name is the same. */
function customFieldsOf(own: readonly CustomField[]): CustomField[] {
  const all = [...defaultCustomFields, ...own].map(
    (field) => [`${field.model}/${field.key}`, field] as const,
  );
  return [...new Map<string, CustomField>(all).values()];
}

/** The mapping that a caller chose; otherwise, for a field that every environment has, Gem's own field of the same key. */
function targetOf(
  { model, key }: CustomField,
  mappings: readonly FieldMapping[],
  fields: readonly IntegrationField[],
): IntegrationField | null {
  const chosen = mappings.find((mapping) => mapping.model === model && mapping.key === key);
  if (chosen) return fields.find(({ id }) => id === chosen.integrationFieldId) ?? null;
  if (!defaultCustomFields.some((field) => field.model === model && field.key === key)) return null;
  return (
    fields.find((field) => field.model === model && field.key === key && field.type === 'DEFAULT') ?? null
  );
}

function toCustomField({
  id,
  key,
  model,
  label,
  description,
  target,
}: MappedField): UnifiedSchemas['CustomField'] {
  const integration_field =
    target === null ? null : { id: target.id, key: target.key, type: target.type, label: target.label };
  return { id, key, integration_field, model, label, description };
}

/** The raw fields of an integration, with those that its rows have brought since the last call. */
async function readIntegrationFields(
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
  return { status: 'success', data: { results: results.map(toIntegrationField), next } };
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
  return { status: 'success', data: toIntegrationField({ ...field, isPassthroughEnabled: isEnabled }) };
}

function findField(fields: readonly IntegrationField[], id: string): IntegrationField {
  const field = fields.find((candidate) => candidate.id === id);
  if (field) return field;
  const message = 'This integration has no raw field with this id. Take it from its integration-fields.';
  throw new UnifiedProblem('PLATFORM.INPUT_INVALID', message, { status: 404 });
}

function toIntegrationField(field: IntegrationField): UnifiedSchemas['IntegrationField'] {
  const { id, key, model, type, label, isPassthroughEnabled } = field;
  return { id, key, model, type, label, is_passthrough_enabled: isPassthroughEnabled, is_writable: false };
}
