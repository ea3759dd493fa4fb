import type { RecordTypes } from '../../../../seeds/index.ts';
import { forbiddenByRule, invalidField } from '../../../problems/problems.ts';
import type { World } from '../../../world/world.ts';
import type { GemHandler } from '../../resource.ts';
import { referenced } from '../../references.ts';
import { currentOffer } from '../offers.ts';
import { applicationFor, changeApplication, present, steps } from './transition.ts';

type ApplicationRecord = RecordTypes['applications'];
type OpeningRecord = RecordTypes['openings'];

/** Ends an active application in a hire, which may fill an opening (gem-ats-api §5.5, §14 #13). */
export const hireApplication: GemHandler<'hireApplication'> = ({ path, body }, world) => {
  const application = applicationFor(world, path, body, steps.hire);
  const { opening_id, close_reason_id = null } = body;
  if (close_reason_id !== null) {
    referenced(world, 'close_reasons', close_reason_id, 'close_reason_id');
    if (opening_id === undefined) {
      throw invalidField(['close_reason_id'], 'A close reason goes with the opening that is closed.');
    }
  }
  const opening =
    opening_id === undefined ? undefined : referenced(world, 'openings', opening_id, 'opening_id');
  if (opening) requireSeat(opening, application);
  hire(world, application, { opening, close_reason_id }, world.now());
  return present(world, application);
};

/** Hires, and closes the opening that this fills. All was checked before. */
export function hire(
  world: World,
  application: ApplicationRecord,
  seat: { opening: OpeningRecord | undefined; close_reason_id: string | null },
  now: string,
): void {
  if (seat.opening) {
    const closed = { status: 'closed', closed_at: now, application_id: application.id } as const;
    const { close_reason_id } = seat;
    world.store.put('openings', { ...seat.opening, ...closed, close_reason_id });
  }
  acceptOffer(world, application.id, now);
  const clearsStage = world.switches.stage_after_hire === 'clear';
  const changes = { status: 'hired', ...(clearsStage && { current_stage_id: null }) } as const;
  changeApplication(world, application, changes, now);
}

/**
 * Requires an opening that a hire can fill: open, and the job's own or without a job (gem-ats-api §3.10).
 *
 * @throws GemProblem 422 or 400
 */
export function requireSeat({ job_id, status }: OpeningRecord, application: ApplicationRecord): void {
  if (job_id !== null && job_id !== application.job_id) {
    throw invalidField(['opening_id'], 'Opening not found in the job of this application.');
  }
  if (status !== 'open') throw forbiddenByRule('The opening is closed.');
}

/** A person who is hired has accepted the offer that was open. */
function acceptOffer(world: World, applicationId: string, now: string): void {
  const offer = currentOffer(world.store, applicationId);
  if (offer?.status !== 'unresolved') return;
  world.store.put('offers', { ...offer, status: 'accepted', updated_at: now });
}
