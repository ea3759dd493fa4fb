import { komboId } from './identifiers.ts';
import { defineModel, partsOf } from './model.ts';

/** Who interviews. */
export const joinInterviewsUsers = defineModel({
  name: 'ats_join_interviews_users',
  label: 'Interviewing team members',
  from: partsOf('listScheduledInterviews', (interview) =>
    interview.interviewers.flatMap(({ id }) => (id === undefined ? [] : [{ interview, userId: id }])),
  ),
  remoteId: ({ interview, userId }) => `${interview.id}/${userId}`,
  remoteDeletedAt: ({ interview }) => interview.deleted_at,
  columns: { interview_id: 'text', user_id: 'text' },
  derivedColumns: {},
  owner: 'interview_id',
  fields: {
    interview_id: ({ interview }, { integrationId }) => komboId(integrationId, interview.id),
    user_id: ({ userId }, { integrationId }) => komboId(integrationId, userId),
  },
});
