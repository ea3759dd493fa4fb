import type { RecordTypes } from '../../../../seeds/index.ts';
import { forbiddenByRule, invalidField } from '../../../problems/problems.ts';
import type { Store } from '../../../store/store.ts';
import type { World } from '../../../world/world.ts';
import type { GemHandler } from '../../resource.ts';
import { pipelineOf } from '../job-stages.ts';
import { openJob, refuseSecondApplication, startingStage } from '../new-application.ts';
import { applicationFor, changeApplication, present, steps } from './transition.ts';

type ApplicationRecord = RecordTypes['applications'];

/** Moves an active application to another stage of its job (gem-ats-api §5.5, §14 #1). */
export const moveApplication: GemHandler<'moveApplication'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, steps.move);
  if (body.from_stage_id !== undefined) refuseStale(application.current_stage_id, body.from_stage_id);
  else if (world.switches.stage_to_move_from === 'required') {
    throw invalidField(['from_stage_id'], 'Missing data for required field.');
  }
  const stages = pipelineOf(world.store, application.job_id);
  if (!stages.some(({ id }) => id === body.to_stage_id)) {
    throw invalidField(['to_stage_id'], 'Stage not found in the job of this application.');
  }
  changeApplication(world, application, { current_stage_id: body.to_stage_id }, world.now());
  return present(world, application);
};

/** Moves an active application to the next active stage of its job (gem-ats-api §5.5). */
export const advanceApplication: GemHandler<'advanceApplication'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, steps.advance);
  refuseStale(application.current_stage_id, body.from_stage_id);
  const next = nextStage(world.store, application);
  if (!next) throw forbiddenByRule('The application is in the last stage of its job.');
  changeApplication(world, application, { current_stage_id: next.id }, world.now());
  return present(world, application);
};

/** The active stage that comes after the one in which an application stands, if there is one. */
export function nextStage(
  store: Store,
  application: ApplicationRecord,
): RecordTypes['job_stages'] | undefined {
  const stages = pipelineOf(store, application.job_id);
  const here = stages.findIndex(({ id }) => id === application.current_stage_id);
  return stages.slice(here + 1).find(({ active }) => active);
}

function refuseStale(current: string | null, believed: string): void {
  if (believed !== current) {
    throw forbiddenByRule('The application is no longer in the stage that from_stage_id names.');
  }
}

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
