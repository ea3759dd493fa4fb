import { isCanceled } from '../policy/interview-canceled.ts';
import { komboId } from '../identifiers.ts';
import { defineModel, recordsOf, remoteData } from './model.ts';

/** Scheduled interviews (kombo-unified-api §2.5). */
export const interviews = defineModel({
  name: 'ats_interviews',
  label: 'Interviews',
  from: recordsOf('listScheduledInterviews'),
  remoteId: (interview) => interview.id,
  remoteDeletedAt: (interview) => interview.deleted_at,
  columns: {
    title: 'text',
    starting_at: 'timestamptz',
    ending_at: 'timestamptz',
    video_conferencing_url: 'text',
    application_id: 'text',
    canceled: 'boolean',
    remote_created_at: 'timestamptz',
    remote_updated_at: 'timestamptz',
    remote_data: 'jsonb',
    // For the derivation interview-stage.
    interview_item_id: 'text',
  },
  // Gem names the place in the stage and not the stage, so the derivation interview-stage looks it up.
  derivedColumns: { stage_id: 'text' },
  internalColumns: ['interview_item_id'],
  fields: {
    title: ({ interview }) => interview?.name,
    starting_at: ({ start }) => interviewTime(start),
    ending_at: ({ end }) => interviewTime(end),
    video_conferencing_url: 'video_conferencing_url',
    application_id: ({ application_id: id }, { integrationId }) => id && komboId(integrationId, id),
    canceled: isCanceled,
    remote_created_at: 'created_at',
    remote_updated_at: 'updated_at',
    remote_data: remoteData('listScheduledInterviews'),
    interview_item_id: 'job_stage_interview_item_id',
  },
});

/** When an interview starts or ends. One of a whole day has a date in place of a moment (gem-ats-api §3.7). */
export function interviewTime(
  time: { date_time?: string | undefined; date?: string | undefined } | undefined,
): string | null {
  return time?.date_time ?? time?.date ?? null;
}
