import type { RecordTypes } from '../../../../seeds/index.ts';
import { forbiddenByRule } from '../../../problems/problems.ts';
import type { World } from '../../../world/world.ts';
import type { GemHandler } from '../../resource.ts';
import { openJob, refuseSecondApplication, startingStage } from '../new-application.ts';
import { applicationFor, changeApplication, present, steps } from './transition.ts';

/** Takes an active application to another open job (gem-ats-api §5.5). */
export const transferApplication: GemHandler<'transferApplication'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, steps.transfer);
  const job = openJob(world, body.new_job_id, 'new_job_id');
  if (job.id === application.job_id) throw forbiddenByRule('The application is on this job already.');
  const stage = startingStage(world, job.id, body.new_stage_id, 'new_stage_id');
  refuseSecondApplication(world, application.candidate_id, job.id);
  transfer(world, application, { job, stage }, world.now());
  return present(world, application);
};

/** Takes an application to a job. The old job's post stays behind. All was checked before. */
export function transfer(
  world: World,
  application: RecordTypes['applications'],
  { job, stage }: { job: RecordTypes['jobs']; stage: string | null },
  now: string,
): void {
  const changes = { job_id: job.id, job_post_id: null, current_stage_id: stage };
  changeApplication(world, application, changes, now);
}
