import { forbiddenByRule, invalidField } from '../../../http/problems.ts';
import type { GemHandler } from '../../handler.ts';
import { pipelineOf } from '../job-stages.ts';
import { applicationFor, changeApplication } from './transition.ts';

/** Moves an active application to another stage of its job (gem-ats-api §5.5, §14 #1). */
export const moveApplication: GemHandler<'moveApplication'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, { from: 'active', done: 'moved' });
  if (body.from_stage_id !== undefined) refuseStale(application.current_stage_id, body.from_stage_id);
  const stages = pipelineOf(world.store, application.job_id);
  if (!stages.some(({ id }) => id === body.to_stage_id)) {
    throw invalidField(['to_stage_id'], 'Stage not found in the job of this application.');
  }
  return changeApplication(world, application, { current_stage_id: body.to_stage_id });
};

/** Moves an active application to the next active stage of its job (gem-ats-api §5.5). */
export const advanceApplication: GemHandler<'advanceApplication'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, { from: 'active', done: 'advanced' });
  refuseStale(application.current_stage_id, body.from_stage_id);
  const stages = pipelineOf(world.store, application.job_id);
  const here = stages.findIndex(({ id }) => id === application.current_stage_id);
  const next = stages.slice(here + 1).find(({ active }) => active);
  if (!next) throw forbiddenByRule('The application is in the last stage of its job.');
  return changeApplication(world, application, { current_stage_id: next.id });
};

function refuseStale(current: string | null, believed: string): void {
  if (believed !== current) {
    throw forbiddenByRule('The application is no longer in the stage that from_stage_id names.');
  }
}
