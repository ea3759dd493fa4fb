import { forbiddenByRule } from '../../../http/problems.ts';
import type { GemHandler } from '../../handler.ts';
import { openJob, refuseSecondApplication, startingStage } from '../new-application.ts';
import { applicationFor, changeApplication } from './transition.ts';

/** Takes an active application to another open job (gem-ats-api §5.5). The old job's post stays behind. */
export const transferApplication: GemHandler<'transferApplication'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, { from: 'active', done: 'transferred' });
  const job = openJob(world, body.new_job_id, 'new_job_id');
  if (job.id === application.job_id) throw forbiddenByRule('The application is on this job already.');
  const current_stage_id = startingStage(world, job.id, body.new_stage_id, 'new_stage_id');
  refuseSecondApplication(world, application.candidate_id, job.id);
  return changeApplication(world, application, { job_id: job.id, job_post_id: null, current_stage_id });
};
