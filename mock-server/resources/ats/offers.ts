import { created, filters, updated } from '../../http/filters.ts';
import { listPage } from '../../http/pages.ts';
import type { GemHandler } from '../handler.ts';
import { living } from '../references.ts';
import { itemOf, type Resource } from '../resource.ts';

/** Offers to candidates (gem-ats-api §3.9). */
export const offers: Resource<'offers'> = {
  name: 'offers',
  label: 'Offer',
  present: (offer, { store }) => {
    const application = store.get('applications', offer.application_id);
    return {
      application_id: offer.application_id,
      candidate_id: application?.candidate_id ?? '',
      compensation: offer.compensation,
      created_at: offer.created_at,
      deleted_at: offer.deleted_at,
      id: offer.id,
      job_id: application?.job_id ?? '',
      opening_id: offer.opening_id,
      sent_at: offer.sent_at,
      starts_at: offer.starts_at,
      status: offer.status,
      updated_at: offer.updated_at,
    };
  },
};

export const listOffers: GemHandler<'listOffers'> = ({ query }, world) =>
  listPage(world, offers, query, filters(created(query), updated(query)));

export const listOffersOfApplication: GemHandler<'listOffersOfApplication'> = ({ path, query }, world) => {
  living(world, 'applications', path.application_id);
  const found = world.store.collection('offers').entriesBy('application_id', path.application_id);
  return listPage(world, offers, query, filters(created(query), updated(query)), found);
};

export const getOffer: GemHandler<'getOffer'> = ({ path, query }, world) =>
  itemOf(world, offers, path.offer_id, query);
