import { defaultField, type IntegrationFieldValue } from './integration-field.ts';

/** All departments of a job as Gem sends them, for `custom_fields` and to map from (rule all-departments). */
export function allDepartments(integrationId: string, departments: readonly object[]): IntegrationFieldValue {
  return defaultField(integrationId, 'ats_jobs', {
    key: 'departments',
    label: 'Departments',
    value: departments,
  });
}
