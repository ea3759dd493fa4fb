import { defaultField, type IntegrationFieldValue } from './integration-field.ts';

/** What has to be known of an application's source. */
interface WithSource {
  source?: { id?: string | undefined; public_name?: string | undefined } | null | undefined;
}

/** An application's own source by name, for `custom_fields` and to map from (rule application-source). */
export function applicationSource(integrationId: string, { source }: WithSource): IntegrationFieldValue {
  return defaultField(integrationId, 'ats_applications', {
    key: 'source',
    label: 'Source',
    value: source?.public_name ?? null,
  });
}

/** The id of an application's own source at Gem: what a write that names a source has to send. */
export function applicationSourceId(integrationId: string, { source }: WithSource): IntegrationFieldValue {
  return defaultField(integrationId, 'ats_applications', {
    key: 'source_id',
    label: 'Source ID',
    value: source?.id ?? null,
  });
}
