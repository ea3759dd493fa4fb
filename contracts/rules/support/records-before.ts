// The records of Gem before an action: the state before all actions, with the changes of the earlier ones.
import type { ActionResult, Run } from '../../harness/run.ts';
import { created } from './results.ts';
import type { UnifiedSchemas } from '../../unified.ts';

/** The ids of the people with an e-mail address. */
export function peopleWith(email: string, result: ActionResult, run: Run): string[] {
  const wanted = email.toLowerCase();
  const people = [
    ...run.last.gem.candidates.filter(({ deleted_at }) => deleted_at === undefined),
    ...resultsBefore(result, run).flatMap((before) => created(before, 'candidates')),
  ];
  return people
    .filter(({ email_addresses }) => email_addresses.some(({ value }) => value.toLowerCase() === wanted))
    .map(({ id }) => id);
}

/** The fields of an application that actions depend on. */
export interface KnownApplication {
  id: string;
  candidate_id: string;
  job_id: string | undefined;
  status: string;
  stage_id: string | null;
}

/** The applications that are not deleted. */
export function applicationsBefore(result: ActionResult, run: Run): KnownApplication[] {
  const before = resultsBefore(result, run);
  const known: KnownApplication[] = [
    ...run.last.gem.applications
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

/** The results of earlier actions. */
export function resultsBefore(result: ActionResult, { results }: Run): readonly ActionResult[] {
  return results.slice(0, results.indexOf(result));
}

/** The application to be moved, as it was at Gem before; undefined when there was none. */
export function applicationToMove(result: ActionResult, run: Run): KnownApplication | undefined {
  const id = result.sent.path['application_id'];
  const remoteId = run.last.unified.applications.find((application) => application.id === id)?.remote_id;
  return applicationsBefore(result, run).find((application) => application.id === remoteId);
}

/** The unified id of the requested stage. */
export function requestedStage({ sent }: ActionResult): string {
  // All cases send bodies of the unified API.
  return (sent.body as UnifiedSchemas['MoveApplicationBody']).stage_id;
}
