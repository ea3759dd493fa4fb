import { allDepartments, allOffices } from '../policy/default-fields.ts';
import { firstDepartment, firstOffice, jobStatus, remoteWorkStatus } from '../policy/jobs.ts';
import { customFields } from '../policy/integration-field.ts';
import { defineModel, recordsOf, remoteData } from './model.ts';

/** Jobs (kombo-unified-api §2.2). */
export const jobs = defineModel({
  name: 'ats_jobs',
  label: 'Jobs',
  from: recordsOf('listJobs'),
  remoteId: (job) => job.id,
  remoteDeletedAt: (job) => job.deleted_at,
  columns: {
    name: 'text',
    job_code: 'text',
    confidential: 'boolean',
    status: 'text',
    department: 'text',
    remote_work_status: 'text',
    location: 'jsonb',
    custom_fields: 'jsonb',
    integration_fields: 'jsonb',
    opened_at: 'timestamptz',
    closed_at: 'timestamptz',
    remote_created_at: 'timestamptz',
    remote_updated_at: 'timestamptz',
    remote_data: 'jsonb',
  },
  // Both come from the job's postings, by the derivation posting-text.
  derivedColumns: { description: 'text', post_url: 'text' },
  fields: {
    // Gem keeps stray blanks around names.
    name: (job) => job.name?.trim(),
    job_code: 'requisition_id',
    confidential: 'confidential',
    status: (job) => jobStatus(job.status),
    department: (job) => firstDepartment(job.departments),
    remote_work_status: (job) => remoteWorkStatus(job.location_type),
    location: (job) => firstOffice(job.offices),
    custom_fields: ({ offices, departments }) => ({
      offices: asSent(offices),
      departments: asSent(departments),
    }),
    integration_fields: (job, { integrationId }) => [
      allOffices(integrationId, asSent(job.offices)),
      allDepartments(integrationId, asSent(job.departments)),
      ...customFields(integrationId, 'ats_jobs', job.custom_fields),
    ],
    opened_at: 'opened_at',
    closed_at: 'closed_at',
    remote_created_at: 'created_at',
    remote_updated_at: 'updated_at',
    remote_data: remoteData('listJobs'),
  },
});

function asSent(places: readonly { raw: object }[]): object[] {
  return places.map(({ raw }) => raw);
}
