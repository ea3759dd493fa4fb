import { nextStage } from '../../resources/ats/lifecycle/stages.ts';
import { changeApplication } from '../../resources/ats/lifecycle/transition.ts';
import { applicationForStep } from '../application-for-step.ts';
import { refusal, type Verb } from '../editing.ts';

/** Moves an application to the next stage of its job. */
export const advance: Verb<'advance'> = (editing, edit) => {
  const { world, now } = editing;
  const application = applicationForStep(editing, 'advance', edit.application);
  const next = nextStage(world.store, application);
  if (!next) {
    const message = 'the application is in the last stage of its job; hire or reject it, or move it back';
    throw refusal(editing, ['application'], message);
  }
  changeApplication(world, application, { current_stage_id: next.id }, now);
  return { resource: 'applications', id: application.id };
};
