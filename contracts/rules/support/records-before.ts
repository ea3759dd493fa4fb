// Whom and what Gem knew when an act began: what it showed before all acts, and what the acts before made of that.
import type { ActSeen, Course } from '../../harness/course.ts';
import { created } from './results.ts';
import type { UnifiedSchemas } from '../../unified.ts';

/** The ids of the people with an e-mail address. */
export function peopleWith(email: string, act: ActSeen, course: Course): string[] {
  const wanted = email.toLowerCase();
  const people = [
    ...course.last.gem.candidates.filter(({ deleted_at }) => deleted_at === undefined),
    ...actsBefore(act, course).flatMap((before) => created(before, 'candidates')),
  ];
  return people
    .filter(({ email_addresses }) => email_addresses.some(({ value }) => value.toLowerCase() === wanted))
    .map(({ id }) => id);
}

/** An application as far as acts depend on it. */
export interface KnownApplication {
  id: string;
  candidate_id: string;
  job_id: string | undefined;
  status: string;
  stage_id: string | null;
}

/** The applications that are not deleted. */
export function applicationsBefore(act: ActSeen, course: Course): KnownApplication[] {
  const before = actsBefore(act, course);
  const known: KnownApplication[] = [
    ...course.last.gem.applications
      .filter(({ deleted_at }) => deleted_at === undefined)
      .map(({ id, candidate_id, jobs, status, current_stage }) => ({
        id,
        candidate_id,
        job_id: jobs[0]?.id,
        status,
        stage_id: current_stage?.id ?? null,
      })),
    ...before
      .flatMap((one) => created(one, 'applications'))
      .map(({ id, candidate_id, job_id, status, current_stage_id }) => ({
        id,
        candidate_id,
        job_id,
        status,
        stage_id: current_stage_id,
      })),
  ];
  for (const { id, fields } of before.flatMap(({ changes: { changed } }) => changed)) {
    const application = known.find((one) => one.id === id);
    const { current_stage_id: stage, status } = fields;
    if (application && stage) application.stage_id = typeof stage.after === 'string' ? stage.after : null;
    if (application && status) application.status = String(status.after);
  }
  return known;
}

/** The acts that came before one. */
export function actsBefore(act: ActSeen, { acts }: Course): readonly ActSeen[] {
  return acts.slice(0, acts.indexOf(act));
}

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
