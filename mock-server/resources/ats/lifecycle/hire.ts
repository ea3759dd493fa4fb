import type { RecordTypes } from '../../../../seeds/index.ts';
import { forbiddenByRule, invalidField } from '../../../http/problems.ts';
import type { World } from '../../../world.ts';
import type { GemHandler } from '../../handler.ts';
import { referenced } from '../../references.ts';
import { applicationFor, changeApplication } from './transition.ts';

/** Ends an active application in a hire, which may fill an opening (gem-ats-api §5.5, §14 #13). */
export const hireApplication: GemHandler<'hireApplication'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, { from: 'active', done: 'hired' });
  const { opening_id, close_reason_id = null } = body;
  if (close_reason_id !== null) {
    referenced(world, 'close_reasons', close_reason_id, 'close_reason_id');
    if (opening_id === undefined) {
      throw invalidField(['close_reason_id'], 'A close reason goes with the opening that is closed.');
    }
  }
  const opening = opening_id === undefined ? undefined : openSeat(world, opening_id, application.job_id);
  const now = world.now();
  if (opening) {
    const closed = { status: 'closed', closed_at: now, application_id: application.id } as const;
    world.store.put('openings', { ...opening, ...closed, close_reason_id });
  }
  const clearsStage = world.switches.stage_after_hire === 'clear';
  const changes = { status: 'hired', ...(clearsStage && { current_stage_id: null }) } as const;
  return changeApplication(world, application, changes, now);
};

/** An opening that a hire on this job can fill: open, and the job's own or without a job (gem-ats-api §3.10). */
function openSeat(world: World, id: string, jobId: string): RecordTypes['openings'] {
  const opening = referenced(world, 'openings', id, 'opening_id');
  if (opening.job_id !== null && opening.job_id !== jobId) {
    throw invalidField(['opening_id'], 'Opening not found in the job of this application.');
  }
  if (opening.status !== 'open') throw forbiddenByRule('The opening is closed.');
  return opening;
}
