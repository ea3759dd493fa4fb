import type { Serialised } from '../../../../contracts/serialised.ts';
import type { RecordTypes } from '../../../../seeds/index.ts';
import { recordActivity } from '../../../activity.ts';
import { forbiddenByRule } from '../../../http/problems.ts';
import type { World } from '../../../world.ts';
import { living, referenced } from '../../references.ts';
import { itemOf, type WireTypes } from '../../resource.ts';
import { applications } from '../applications.ts';

type ApplicationRecord = RecordTypes['applications'];

/**
 * The application that a step of its life is about (gem-ats-api §5.5).
 *
 * @param step where the step starts, and what it does in words
 * @throws GemProblem 404 without the application, 422 without the user who acts, 400 from another status
 */
export function applicationFor(
  world: World,
  path: { application_id: string },
  body: { user_id: string },
  step: { from: ApplicationRecord['status']; done: string },
): ApplicationRecord {
  const application = living(world, 'applications', path.application_id);
  referenced(world, 'users', body.user_id, 'user_id');
  if (application.status !== step.from) {
    const article = step.from === 'active' ? 'an' : 'a';
    throw forbiddenByRule(`Only ${article} ${step.from} application can be ${step.done}.`);
  }
  return application;
}

/** Writes what a step changes, with the times that follow from it, and answers with the application. */
export function changeApplication(
  world: World,
  application: ApplicationRecord,
  changes: Partial<ApplicationRecord>,
  now = world.now(),
): { status: 200; body: Serialised<WireTypes['applications']> } {
  world.store.put('applications', { ...application, ...changes });
  recordActivity(world, application.id, now);
  return itemOf(world, applications, application.id);
}
