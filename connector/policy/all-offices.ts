import { defaultField, type IntegrationFieldValue } from './integration-field.ts';

/** All offices of a job as Gem sends them, for `custom_fields` and to map from (rule all-offices). */
export function allOffices(integrationId: string, offices: readonly object[]): IntegrationFieldValue {
  return defaultField(integrationId, 'ats_jobs', { key: 'offices', label: 'Offices', value: offices });
}
