import type { GemSchemas } from '../../contracts/gem.ts';
import { defaultField, type IntegrationFieldValue } from './integration-field.ts';

/** An application's own source by name, for `custom_fields` and to map from (rule application-source). */
export function applicationSource(
  integrationId: string,
  { source }: GemSchemas['Application'],
): IntegrationFieldValue {
  return defaultField(integrationId, 'ats_applications', {
    key: 'source',
    label: 'Source',
    value: source?.public_name ?? null,
  });
}
