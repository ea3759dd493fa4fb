import { komboId } from './identifiers.ts';
import { defineModel, recordsOf } from './model.ts';

/** Which stages a job has, and in which order. Gem's stage names its one job. */
export const joinJobsApplicationStages = defineModel({
  name: 'ats_join_jobs_application_stages',
  label: 'Job-specific application stages',
  from: recordsOf('listJobStages'),
  remoteId: (stage) => `${stage.job_id}/${stage.id}`,
  remoteDeletedAt: (stage) => stage.deleted_at,
  columns: { index: 'integer', job_id: 'text', stage_id: 'text' },
  derivedColumns: {},
  owner: 'stage_id',
  fields: {
    index: 'priority',
    job_id: (stage, { integrationId }) => komboId(integrationId, stage.job_id),
    stage_id: (stage, { integrationId }) => komboId(integrationId, stage.id),
  },
});
