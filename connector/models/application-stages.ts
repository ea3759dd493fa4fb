import { defineModel, recordsOf, remoteData } from './model.ts';

/** Stages of all jobs; at Gem a stage belongs to one job (kombo-unified-api §2.6). */
export const applicationStages = defineModel({
  name: 'ats_application_stages',
  label: 'Application Stages',
  from: recordsOf('listJobStages'),
  remoteId: (stage) => stage.id,
  remoteDeletedAt: (stage) => stage.deleted_at,
  columns: {
    name: 'text',
    global_index: 'integer',
    remote_data: 'jsonb',
    // For the derivation interview-stage.
    interview_item_ids: 'jsonb',
  },
  derivedColumns: {},
  internalColumns: ['interview_item_ids'],
  fields: {
    name: 'name',
    global_index: 'priority',
    remote_data: remoteData('listJobStages'),
    interview_item_ids: (stage) =>
      stage.interviews.flatMap((interview) => interview.job_stage_interview_item_id ?? []),
  },
});
