import { startingStage } from '../../resources/ats/new-application.ts';
import { transfer as transferApplication } from '../../resources/ats/lifecycle/transfer.ts';
import { applicationForStep } from '../application-for-step.ts';
import { refusal, type Verb } from '../editing.ts';
import { livingNamed, stageNamed } from '../named-records.ts';

/** Takes an application to another open job. */
export const transfer: Verb<'transfer'> = (editing, edit) => {
  const { world, now } = editing;
  const application = applicationForStep(editing, 'transfer', edit.application);
  const job = livingNamed(editing, 'jobs', edit.job, ['job']);
  if (job.id === application.job_id) {
    throw refusal(editing, ['job'], 'the application is on this job already; name another one');
  }
  if (job.status !== 'open') {
    const way = job.status === 'closed' ? 'reopen it' : 'change its status to open';
    throw refusal(editing, ['job'], `the job is ${job.status}; ${way} first, or name another one`);
  }
  const stage =
    edit.stage === undefined
      ? startingStage(world, job.id, undefined, 'stage')
      : stageNamed(editing, job.id, edit.stage, ['stage']).id;
  transferApplication(world, application, { job, stage }, now);
  return { resource: 'applications', id: application.id };
};
