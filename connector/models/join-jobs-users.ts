import { hiringTeam } from '../policy/hiring-team.ts';
import { komboId } from './identifiers.ts';
import { defineModel, partsOf } from './model.ts';

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
