import { komboId } from '../identifiers.ts';
import { defineModel, partsOf } from './model.ts';
import { hiringTeam } from '../policy/hiring-team.ts';

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

/** Who is on a job's hiring team, in which roles. */
export const joinJobsUsers = defineModel({
  name: 'ats_join_jobs_users',
  label: 'Job hiring team members',
  from: partsOf('listJobs', (job) => hiringTeam(job.hiring_team).map((member) => ({ job, member }))),
  remoteId: ({ job, member }) => `${job.id}/${member.userId}`,
  remoteDeletedAt: ({ job }) => job.deleted_at,
  columns: { roles: 'jsonb', job_id: 'text', user_id: 'text' },
  derivedColumns: {},
  owner: 'job_id',
  fields: {
    roles: ({ member }) => member.roles,
    job_id: ({ job }, { integrationId }) => komboId(integrationId, job.id),
    user_id: ({ member }, { integrationId }) => komboId(integrationId, member.userId),
  },
});

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
