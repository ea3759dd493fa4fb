import type { ModelName } from '../../contracts/coverage.ts';
import { allDepartments } from './all-departments.ts';
import { allOffices } from './all-offices.ts';
import { applicationSource, applicationSourceId } from './application-source.ts';
import type { IntegrationFieldValue } from './integration-field.ts';

/** A raw field that every Gem account has, without a value. */
export type DefaultField = Omit<IntegrationFieldValue, 'value'> & { model: ModelName };

/** The raw fields that every Gem account has, as the rules that fill them name them (kombo-unified-api §5.6). */
export function defaultFieldsOf(integrationId: string): DefaultField[] {
  return [
    { model: 'ats_jobs', ...withoutValue(allOffices(integrationId, [])) },
    { model: 'ats_jobs', ...withoutValue(allDepartments(integrationId, [])) },
    { model: 'ats_applications', ...withoutValue(applicationSource(integrationId, { source: null })) },
    { model: 'ats_applications', ...withoutValue(applicationSourceId(integrationId, { source: null })) },
  ];
}

/**
 * The custom fields that every environment has, mapped to the raw field of the same key: all locations and departments of
 * a job, and the source of an application.
 */
export const defaultCustomFields: readonly {
  model: ModelName;
  key: string;
  label: string;
  description: string;
}[] = [
  { model: 'ats_jobs', key: 'offices', label: 'Offices', description: 'All offices of the job.' },
  { model: 'ats_jobs', key: 'departments', label: 'Departments', description: 'All departments of the job.' },
  {
    model: 'ats_applications',
    key: 'source',
    label: 'Source',
    description: 'The source of this one application.',
  },
];

function withoutValue({ id, key, type, label }: IntegrationFieldValue): Omit<IntegrationFieldValue, 'value'> {
  return { id, key, type, label };
}
