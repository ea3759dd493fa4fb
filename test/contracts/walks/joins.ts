// The joins have no endpoint of their own: their rows show as the lists inside jobs and interviews.
import type { GemSchemas } from '../../../contracts/gem.ts';
import { columns, idOf, type Walk } from './walk.ts';

const hidden = ['id', 'changed_at', 'remote_deleted_at'];

export const jobStages: Walk = {
  hidden,
  rows: ({ gem, unified }) =>
    unified.jobs.map((job) => {
      // A deleted job takes its joins with it (kombo-unified-api §5.3).
      const isThere = job.remote_deleted_at === null;
      const inJob = gem.job_stages.filter(
        ({ job_id, deleted_at }) => isThere && job_id === job.remote_id && !deleted_at,
      );
      return {
        actual: stageColumns(
          job.stages.map(({ id, index }) => ({ stage_id: id, index, job_id: job.remote_id })),
        ),
        expected: stageColumns(
          inJob.map(({ id, priority, job_id }) => ({
            stage_id: idOf(unified.stages, id),
            index: priority,
            job_id,
          })),
        ),
      };
    }),
};

export const hiringTeam: Walk = {
  hidden,
  rows: ({ gem, unified }) =>
    gem.jobs.map((job) => {
      const row = unified.jobs.find(({ remote_id }) => remote_id === job.id);
      return {
        actual: memberColumns(
          (row?.hiring_team ?? []).map(({ id, hiring_team_roles }) => ({
            user_id: id,
            roles: hiring_team_roles.toSorted(),
            job_id: row?.remote_id,
          })),
        ),
        expected: memberColumns(
          (job.deleted_at === null ? [...rolesByUser(job)] : []).map(([userId, roles]) => ({
            user_id: idOf(unified.users, userId),
            roles: roles.toSorted(),
            job_id: job.id,
          })),
        ),
      };
    }),
};

export const interviewers: Walk = {
  hidden,
  rows: ({ gem, unified }) =>
    gem.scheduled_interviews.map((interview) => {
      const row = unified.interviews.find(({ remote_id }) => remote_id === interview.id);
      // A deleted interview takes its team with it (kombo-unified-api §5.3).
      const team = interview.deleted_at ? [] : interview.interviewers;
      return {
        actual: memberColumns(
          (row?.users ?? []).map(({ id }) => ({ user_id: id, interview_id: row?.remote_id })),
        ),
        expected: memberColumns(
          team.map(({ id }) => ({ user_id: idOf(unified.users, id), interview_id: interview.id })),
        ),
      };
    }),
};

function stageColumns(rows: Parameters<typeof columns>[0]) {
  return columns(rows, ['stage_id', 'index', 'job_id'], 'index');
}

function memberColumns(rows: Parameters<typeof columns>[0]) {
  return columns(rows, ['user_id', 'roles', 'job_id', 'interview_id'], 'user_id');
}

function rolesByUser({ hiring_team }: GemSchemas['Job']): Map<string, string[]> {
  const roles = new Map<string, string[]>();
  const groups = [
    [hiring_team.hiring_managers, 'HIRING_MANAGER'],
    [hiring_team.recruiters, 'RECRUITER'],
    [hiring_team.coordinators, 'COORDINATOR'],
    [hiring_team.sourcers, 'SOURCER'],
  ] as const;
  for (const [group, role] of groups) {
    for (const { id } of group ?? []) roles.set(id, [...(roles.get(id) ?? []), role]);
  }
  return roles;
}
