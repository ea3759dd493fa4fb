import { komboId } from './identifiers.ts';
import { defineModel, partsOf } from './model.ts';

/** Which stages a job has, and in which order. Gem's stage names its one job. */
export const joinJobsApplicationStages = defineModel({
  name: 'ats_join_jobs_application_stages',
  label: 'Job-specific application stages',
  from: partsOf('listJobStages', (stage) =>
    stage.job_id === undefined ? [] : [{ stage, jobId: stage.job_id }],
  ),
  remoteId: ({ stage, jobId }) => `${jobId}/${stage.id}`,
  remoteDeletedAt: ({ stage }) => stage.deleted_at,
  columns: { index: 'integer', job_id: 'text', stage_id: 'text' },
  derivedColumns: {},
  owner: 'stage_id',
  fields: {
    index: ({ stage }) => stage.priority,
    job_id: ({ jobId }, { integrationId }) => komboId(integrationId, jobId),
    stage_id: ({ stage }, { integrationId }) => komboId(integrationId, stage.id),
  },
});
