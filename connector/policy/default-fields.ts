import type { ModelName } from '../../contracts/coverage.ts';
import { type IntegrationFieldValue, defaultField } from './integration-field.ts';

/** A raw field that every Gem account has, without a value. */
export type DefaultField = Omit<IntegrationFieldValue, 'value'> & { model: ModelName };

/** The raw fields that every Gem account has, as the rules that fill them name them (kombo-unified-api §5.6). */
export function defaultFieldsOf(integrationId: string): DefaultField[] {
  return [offices, departments, source, sourceId].map((field) => {
    const { id, key, type, label } = withValue(integrationId, field, null);
    return { model: field.model, id, key, type, label };
  });
}

const offices = { model: 'ats_jobs', key: 'offices', label: 'Offices' } as const;
const departments = { model: 'ats_jobs', key: 'departments', label: 'Departments' } as const;
const source = { model: 'ats_applications', key: 'source', label: 'Source' } as const;
const sourceId = { model: 'ats_applications', key: 'source_id', label: 'Source ID' } as const;

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

function withValue(
  integrationId: string,
  { model, key, label }: Pick<DefaultField, 'model' | 'key' | 'label'>,
  value: unknown,
): IntegrationFieldValue {
  return defaultField(integrationId, model, { key, label, value });
}

/** All offices of a job as Gem sends them, for `custom_fields` and to map from (rule all-offices). */
export function allOffices(integrationId: string, all: readonly object[]): IntegrationFieldValue {
  return withValue(integrationId, offices, all);
}

/** All departments of a job as Gem sends them, for `custom_fields` and to map from (rule all-departments). */
export function allDepartments(integrationId: string, all: readonly object[]): IntegrationFieldValue {
  return withValue(integrationId, departments, all);
}

/** What has to be known of an application's source. */
interface WithSource {
  source?: { id?: string | undefined; public_name?: string | undefined } | null | undefined;
}

/** An application's own source by name, for `custom_fields` and to map from (rule application-source). */
export function applicationSource(integrationId: string, application: WithSource): IntegrationFieldValue {
  return withValue(integrationId, source, application.source?.public_name ?? null);
}

/** The id of an application's own source at Gem: what a write that names a source has to send. */
export function applicationSourceId(integrationId: string, application: WithSource): IntegrationFieldValue {
  return withValue(integrationId, sourceId, application.source?.id ?? null);
}
