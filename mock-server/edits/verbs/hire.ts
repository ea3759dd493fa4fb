import { hire as hireApplication, requireSeat } from '../../resources/ats/lifecycle/hire.ts';
import { applicationForStep } from '../application-for-step.ts';
import type { Verb } from '../editing.ts';
import { livingNamed } from '../named-records.ts';

/** Ends an application in a hire, which may fill an opening. */
export const hire: Verb<'hire'> = (editing, edit) => {
  const application = applicationForStep(editing, 'hire', edit.application);
  const opening =
    edit.opening === undefined ? undefined : livingNamed(editing, 'openings', edit.opening, ['opening']);
  if (opening) requireSeat(opening, application);
  hireApplication(editing.world, application, { opening, close_reason_id: null }, editing.now);
  return { resource: 'applications', id: application.id };
};
