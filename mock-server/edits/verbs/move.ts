import { changeApplication } from '../../resources/ats/lifecycle/transition.ts';
import { applicationForStep } from '../application-for-step.ts';
import type { Verb } from '../editing.ts';
import { stageNamed } from '../named-records.ts';

/** Moves an application to another stage of its job. */
export const move: Verb<'move'> = (editing, edit) => {
  const application = applicationForStep(editing, 'move', edit.application);
  const stage = stageNamed(editing, application.job_id, edit.stage, ['stage']);
  changeApplication(editing.world, application, { current_stage_id: stage.id }, editing.now);
  return { resource: 'applications', id: application.id };
};
