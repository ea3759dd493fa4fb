import { unreject as unrejectApplication } from '../../resources/ats/lifecycle/rejection.ts';
import { applicationForStep } from '../application-for-step.ts';
import type { Verb } from '../editing.ts';

/** Takes a rejection back. */
export const unreject: Verb<'unreject'> = (editing, edit) => {
  const application = applicationForStep(editing, 'unreject', edit.application);
  unrejectApplication(editing.world, application, editing.now);
  return { resource: 'applications', id: application.id };
};
