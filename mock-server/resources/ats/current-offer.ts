import type { RecordTypes } from '../../../seeds/index.ts';
import { recordActivity } from '../../records/activity.ts';
import { forbiddenByRule, notFound } from '../../problems/problems.ts';
import type { Store } from '../../store/store.ts';
import type { GemHandler } from '../handler.ts';
import { living, referenced } from '../references.ts';
import { itemOf } from '../resource.ts';
import { offers } from './offers.ts';

/** The offer that holds for an application (gem-ats-api §2.1 #19, #32). */
export const getCurrentOffer: GemHandler<'getCurrentOffer'> = ({ path }, world) => {
  const application = living(world, 'applications', path.application_id);
  const offer = currentOffer(world.store, application.id);
  if (!offer) throw notFound('Offer');
  return itemOf(world, offers, offer.id);
};

/** Changes the offer that holds for an application, unless it was accepted by a hire. */
export const updateCurrentOffer: GemHandler<'updateCurrentOffer'> = ({ path, body }, world) => {
  const application = living(world, 'applications', path.application_id);
  const offer = currentOffer(world.store, application.id);
  if (!offer) throw notFound('Offer');
  referenced(world, 'users', body.user_id, 'user_id');
  if (application.status === 'hired') {
    throw forbiddenByRule('The offer of a hired candidate cannot be changed.');
  }
  const { sent_at = offer.sent_at, start_date: starts_at = offer.starts_at } = body;
  const now = world.now();
  world.store.put('offers', { ...offer, sent_at, starts_at, updated_at: now });
  recordActivity(world, application.id, now);
  return itemOf(world, offers, offer.id);
};

/** The newest offer of an application that has not been replaced. */
export function currentOffer(store: Store, applicationId: string): RecordTypes['offers'] | undefined {
  return store
    .collection('offers')
    .by('application_id', applicationId)
    .findLast(({ deleted_at, status }) => deleted_at === null && status !== 'deprecated');
}
