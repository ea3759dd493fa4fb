import type { Serialised } from '../../../../contracts/server/serialised.ts';
import type { RecordTypes } from '../../../../seeds/index.ts';
import { recordActivity } from '../../../records/activity.ts';
import { forbiddenByRule } from '../../../problems/problems.ts';
import type { World } from '../../../world/world.ts';
import { living, referenced } from '../../references.ts';
import { itemOf, type WireTypes } from '../../resource.ts';
import { applications } from '../applications.ts';

type ApplicationRecord = RecordTypes['applications'];

/** Where a step in the life of an application starts, and what it does in words. */
export interface Step {
  from: ApplicationRecord['status'];
  done: string;
}

/** The steps in the life of an application (gem-ats-api §5.5), by an integration or by a recruiter. */
export const steps = {
  move: { from: 'active', done: 'moved' },
  advance: { from: 'active', done: 'advanced' },
  reject: { from: 'active', done: 'rejected' },
  changeRejection: { from: 'rejected', done: 'given another reason' },
  unreject: { from: 'rejected', done: 'unrejected' },
  hire: { from: 'active', done: 'hired' },
  transfer: { from: 'active', done: 'transferred' },
} satisfies Record<string, Step>;

/** What is wrong with a step that starts from another status. */
export function wrongStart({ from, done }: Step): string {
  return `Only ${from === 'active' ? 'an' : 'a'} ${from} application can be ${done}.`;
}

/**
 * The application that a step of its life is about, for an integration (gem-ats-api §5.5).
 *
 * @throws GemProblem 404 without the application, 422 without the user who acts, 400 from another status
 */
export function applicationFor(
  world: World,
  path: { application_id: string },
  body: { user_id: string },
  step: Step,
): ApplicationRecord {
  const application = living(world, 'applications', path.application_id);
  referenced(world, 'users', body.user_id, 'user_id');
  if (application.status !== step.from) throw forbiddenByRule(wrongStart(step));
  return application;
}

/** Writes what a step changes, with the times that follow from it. */
export function changeApplication(
  world: World,
  application: ApplicationRecord,
  changes: Partial<ApplicationRecord>,
  now: string,
): void {
  world.store.put('applications', { ...application, ...changes });
  recordActivity(world, application.id, now);
}

/** The application as it now is, for the answer to a step. */
export function present(
  world: World,
  { id }: ApplicationRecord,
): { status: 200; body: Serialised<WireTypes['applications']> } {
  return itemOf(world, applications, id);
}
