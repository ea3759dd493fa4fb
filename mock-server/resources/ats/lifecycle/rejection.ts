import type { GemHandler } from '../../handler.ts';
import { referenced } from '../../references.ts';
import { writeNote } from '../../write-note.ts';
import { refuseSecondApplication } from '../new-application.ts';
import { applicationFor, changeApplication } from './transition.ts';

/** Ends an active application without a hire; it keeps its stage (gem-ats-api §3.2, §5.5). */
export const rejectApplication: GemHandler<'rejectApplication'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, { from: 'active', done: 'rejected' });
  const { rejection_reason_id: reason = null, notes, user_id } = body;
  if (reason !== null) referenced(world, 'rejection_reasons', reason, 'rejection_reason_id');
  const now = world.now();
  if (notes !== undefined) {
    const { candidate_id } = application;
    writeNote(world, { candidate_id, user_id, body: notes, visibility: 'public' }, now);
  }
  const changes = { status: 'rejected', rejected_at: now, rejection_reason_id: reason } as const;
  return changeApplication(world, application, changes, now);
};

/** Gives a rejection another reason; its time stays. */
export const changeRejection: GemHandler<'changeRejection'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, { from: 'rejected', done: 'given another reason' });
  const reason = referenced(world, 'rejection_reasons', body.rejection_reason_id, 'rejection_reason_id');
  return changeApplication(world, application, { rejection_reason_id: reason.id });
};

/** Takes a rejection back, unless the person has applied to the job again in the meantime. */
export const unrejectApplication: GemHandler<'unrejectApplication'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, { from: 'rejected', done: 'unrejected' });
  refuseSecondApplication(world, application.candidate_id, application.job_id);
  const changes = { status: 'active', rejected_at: null, rejection_reason_id: null } as const;
  return changeApplication(world, application, changes);
};
