import type { RecordTypes } from '../../../seeds/index.ts';
import { reject as rejectApplication } from '../../resources/ats/lifecycle/rejection.ts';
import type { World } from '../../world/world.ts';
import { applicationForStep } from '../application-for-step.ts';
import { refusal, type Verb } from '../editing.ts';
import { livingNamed } from '../named-records.ts';

/** Rejects an application; a note is the recruiter's. */
export const reject: Verb<'reject'> = (editing, edit) => {
  const { world, now } = editing;
  const application = applicationForStep(editing, 'reject', edit.application);
  const reason =
    edit.reason === undefined ? null : livingNamed(editing, 'rejection_reasons', edit.reason, ['reason']).id;
  const user_id = edit.note === undefined ? undefined : recruiterOf(world, application);
  if (edit.note !== undefined && user_id === undefined) {
    throw refusal(editing, ['note'], 'a note needs a user who writes it, and there is none; make one first');
  }
  const note = edit.note === undefined || user_id === undefined ? undefined : { user_id, body: edit.note };
  rejectApplication(world, application, { reason, note }, now);
  return { resource: 'applications', id: application.id };
};

/** Who looks after an application: its recruiter, or one of its job, or else whoever was there first. */
export function recruiterOf({ store }: World, application: RecordTypes['applications']): string | undefined {
  const team = store.get('jobs', application.job_id)?.hiring_team;
  const ids = [application.recruiter_id, ...(team?.recruiters ?? []), ...(team?.hiring_managers ?? [])];
  const recruiter = ids.find((id) => id !== null && store.get('users', id)?.deleted_at === null);
  const users = store
    .collection('users')
    .select({ includeDeleted: false, conditions: [], first: 0, count: 1 });
  return recruiter ?? users.entries[0]?.record.id;
}
