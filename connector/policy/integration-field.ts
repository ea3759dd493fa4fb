import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { komboId } from '../identifiers.ts';
import type { ModelName } from '../../contracts/coverage.ts';

/** One raw field of Gem that a customer can map to a custom field (kombo-unified-api §5.6). */
export type IntegrationFieldValue = UnifiedSchemas['IntegrationFieldValue'];

/** A field that every Gem account has. */
export function defaultField(
  integrationId: string,
  model: ModelName,
  { key, label, value }: Pick<IntegrationFieldValue, 'key' | 'label' | 'value'>,
): IntegrationFieldValue {
  return { id: integrationFieldId(integrationId, model, key), key, type: 'DEFAULT', value, label };
}

/** The team's own fields, in the order in which Gem sends them; one without a name cannot be told or mapped. */
export function customFields(
  integrationId: string,
  model: ModelName,
  values: Readonly<Record<string, unknown>>,
): IntegrationFieldValue[] {
  const keys = Object.keys(values).filter((key) => key !== '');
  return keys.map((key) => ({
    // A team may call a field `offices`; the prefix keeps it apart from Gem's own.
    id: integrationFieldId(integrationId, model, `custom_fields/${key}`),
    key,
    type: 'CUSTOM',
    value: values[key],
    label: key,
  }));
}

/** The id of an integration field, the same on every row. */
export function integrationFieldId(integrationId: string, model: ModelName, key: string): string {
  return komboId(integrationId, `${model}/${key}`);
}
