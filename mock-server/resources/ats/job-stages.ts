import type { RecordTypes } from '../../../seeds/index.ts';
import type { Store } from '../../store/store.ts';
import { created, filters, updated } from '../listing/filters.ts';
import { listPage } from '../listing/pages.ts';
import { itemOf, whenDeleted, type GemHandler, type Resource } from '../resource.ts';
import { jobs } from './jobs.ts';
import { presentUsers } from './users.ts';

/** The stages of jobs' pipelines, with the interviews that belong to each (gem-ats-api §3.5). */
export const jobStages: Resource<'job_stages'> = {
  name: 'job_stages',
  label: 'Job stage',
  present: (stage, { store }) => ({
    active: stage.active,
    created_at: stage.created_at,
    id: stage.id,
    interviews: stage.interviews.map((interview) => ({
      default_interviewer_users: presentUsers(store, interview.default_interviewer_ids),
      deleted_at: interview.deleted_at,
      estimated_minutes: interview.estimated_minutes,
      id: interview.id,
      interview_kit: {
        content: interview.kit.content,
        id: interview.kit.id,
        // The sources disagree on the key of the text, so both are sent (gem-ats-api §12).
        questions: interview.kit.questions.map(({ id, question }) => ({ id, name: question, question })),
      },
      job_stage_interview_item_id: interview.item_id,
      name: interview.name,
      schedulable: interview.schedulable,
    })),
    job_id: stage.job_id,
    name: stage.name,
    priority: stage.priority,
    updated_at: stage.updated_at,
    ...whenDeleted(stage),
  }),
};

export const listJobStages: GemHandler<'listJobStages'> = ({ query }, world) =>
  listPage(world, jobStages, query, filters(created(query), updated(query)));

export const getJobStage: GemHandler<'getJobStage'> = ({ path, query }, world) =>
  itemOf(world, jobStages, path.job_stage_id, query);

export const listStagesOfJob: GemHandler<'listStagesOfJob'> = ({ path, query }, world) => {
  itemOf(world, jobs, path.job_id);
  const ofJob = world.store
    .collection('job_stages')
    .entriesBy('job_id', path.job_id)
    .sort((one, other) => one.record.priority - other.record.priority);
  return listPage(world, jobStages, query, filters(created(query), updated(query)), ofJob);
};

/** The stages that a job has now, from the first to the last. */
export function pipelineOf(store: Store, jobId: string): RecordTypes['job_stages'][] {
  return store
    .collection('job_stages')
    .by('job_id', jobId)
    .filter((stage) => stage.deleted_at === null)
    .sort((one, other) => one.priority - other.priority);
}
