import { applicationSource, applicationSourceId } from '../policy/default-fields.ts';
import { customFields } from '../policy/integration-field.ts';
import { komboId } from '../identifiers.ts';
import { defineModel, recordsOf, type MappingContext, remoteData } from './model.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';

/** Applications (kombo-unified-api §2.4). */
export const applications = defineModel({
  name: 'ats_applications',
  label: 'Applications',
  from: recordsOf('listApplications'),
  remoteId: (application) => application.id,
  remoteDeletedAt: (application) => application.deleted_at,
  columns: {
    outcome: 'text',
    rejection_reason_name: 'text',
    rejected_at: 'timestamptz',
    current_stage_id: 'text',
    job_id: 'text',
    candidate_id: 'text',
    custom_fields: 'jsonb',
    integration_fields: 'jsonb',
    remote_created_at: 'timestamptz',
    remote_updated_at: 'timestamptz',
    remote_data: 'jsonb',
  },
  derivedColumns: {},
  fields: {
    outcome: (application) => outcomeOf(application.status),
    rejection_reason_name: (application) => application.rejection_reason?.name,
    rejected_at: 'rejected_at',
    current_stage_id: (application, context) => reference(application.current_stage?.id, context),
    // An application of a candidate has exactly one job (gem-ats-api §3.2).
    job_id: ({ jobs: [job] }, context) => reference(job?.id, context),
    candidate_id: (application, context) => reference(application.candidate_id, context),
    custom_fields: (application, { integrationId }) => {
      const { key, value } = applicationSource(integrationId, application);
      return { [key]: value };
    },
    integration_fields: (application, { integrationId }) => [
      applicationSource(integrationId, application),
      applicationSourceId(integrationId, application),
      ...customFields(integrationId, 'ats_applications', application.custom_fields),
    ],
    remote_created_at: 'applied_at',
    remote_updated_at: 'last_activity_at',
    remote_data: remoteData('listApplications'),
  },
});

function reference(remoteId: string | undefined, { integrationId }: MappingContext): string | null {
  return remoteId === undefined ? null : komboId(integrationId, remoteId);
}

/** How an application ended, PENDING while it runs; null when Gem's word for it is not known (kombo-unified-api §5.7). */
export function outcomeOf(status: string | undefined): UnifiedSchemas['Outcome'] {
  return outcomes.get(status) ?? null;
}

const outcomes: ReadonlyMap<string | undefined, UnifiedSchemas['Outcome']> = new Map([
  ['active', 'PENDING'],
  ['hired', 'HIRED'],
  ['rejected', 'DECLINED'],
]);
