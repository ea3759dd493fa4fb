// What a call that moves an application was asked for.
import type { UnifiedSchemas } from '../unified.ts';
import type { ActSeen, Course } from './course.ts';
import { applicationsBefore, type KnownApplication } from './known-before.ts';

/** The application that is to be moved, as Gem knew it before; undefined when it knew none. */
export function applicationMoved(act: ActSeen, course: Course): KnownApplication | undefined {
  const id = act.sent.path['application_id'];
  const remoteId = course.last.unified.applications.find((application) => application.id === id)?.remote_id;
  return applicationsBefore(act, course).find((application) => application.id === remoteId);
}

/** The unified id of the stage to which it is to be moved. */
export function wantedStage({ sent }: ActSeen): string {
  // The cases send only bodies of the unified API.
  return (sent.body as UnifiedSchemas['MoveApplicationBody']).stage_id;
}
