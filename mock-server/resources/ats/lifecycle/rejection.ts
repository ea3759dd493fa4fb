import type { RecordTypes } from '../../../../seeds/index.ts';
import type { World } from '../../../world/world.ts';
import type { GemHandler } from '../../resource.ts';
import { referenced } from '../../references.ts';
import { writeNote } from '../notes.ts';
import { refuseSecondApplication, startingStage } from '../new-application.ts';
import { applicationFor, changeApplication, present, steps } from './transition.ts';

type ApplicationRecord = RecordTypes['applications'];

/** Ends an active application without a hire; it keeps its stage (gem-ats-api §3.2, §5.5). */
export const rejectApplication: GemHandler<'rejectApplication'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, steps.reject);
  const { rejection_reason_id: reason = null, notes, user_id } = body;
  if (reason !== null) referenced(world, 'rejection_reasons', reason, 'rejection_reason_id');
  const note = notes === undefined ? undefined : { user_id, body: notes };
  reject(world, application, { reason, note }, world.now());
  return present(world, application);
};

/** Rejects, and writes the note that goes with it. All was checked before. */
export function reject(
  world: World,
  application: ApplicationRecord,
  { reason, note }: { reason: string | null; note: { user_id: string; body: string } | undefined },
  now: string,
): void {
  const { candidate_id } = application;
  if (note) writeNote(world, { ...note, candidate_id, visibility: 'public' }, now);
  const changes = { status: 'rejected', rejected_at: now, rejection_reason_id: reason } as const;
  changeApplication(world, application, changes, now);
}

/** Gives a rejection another reason; its time stays. */
export const changeRejection: GemHandler<'changeRejection'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, steps.changeRejection);
  const reason = referenced(world, 'rejection_reasons', body.rejection_reason_id, 'rejection_reason_id');
  changeApplication(world, application, { rejection_reason_id: reason.id }, world.now());
  return present(world, application);
};

/** Takes a rejection back, unless the person has applied to the job again in the meantime. */
export const unrejectApplication: GemHandler<'unrejectApplication'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, steps.unreject);
  refuseSecondApplication(world, application.candidate_id, application.job_id);
  unreject(world, application, world.now());
  return present(world, application);
};

/** Makes a rejected application active again; where its stage was deleted since, it starts from the first one. */
export function unreject(world: World, application: ApplicationRecord, now: string): void {
  const { current_stage_id: stage, job_id } = application;
  const isGone = stage !== null && world.store.get('job_stages', stage)?.deleted_at !== null;
  const current_stage_id = isGone ? startingStage(world, job_id, undefined, '') : stage;
  const changes = { status: 'active', rejected_at: null, rejection_reason_id: null } as const;
  changeApplication(world, application, { ...changes, current_stage_id }, now);
}
