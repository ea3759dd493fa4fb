import type { RecordTypes } from '../../../seeds/index.ts';
import { recordActivity } from '../../records/activity.ts';
import { forbiddenByRule, notFound } from '../../problems/problems.ts';
import type { Store } from '../../store/store.ts';
import { created, equals, filters, updated, requireKnownStatus, type Filter } from '../listing/filters.ts';
import { listPage } from '../listing/pages.ts';
import { itemOf, type GemHandler, type Resource } from '../resource.ts';
import { living, referenced } from '../references.ts';

type OfferRecord = RecordTypes['offers'];

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

export const listOffers: GemHandler<'listOffers'> = ({ query }, world) => {
  requireKnownStatus(world, query.status, statuses);
  return listPage(
    world,
    offers,
    query,
    filters(
      created(query),
      updated(query),
      equals(query.status, (offer) => offer.status, 'status'),
      onDays(query.sent_after, query.sent_before, (offer) => offer.sent_at),
      onDays(query.starts_after, query.starts_before, (offer) => offer.starts_at),
    ),
  );
};

const statuses = ['accepted', 'deprecated', 'rejected', 'unresolved'] satisfies OfferRecord['status'][];

/** A span of days, of which the last is not part. */
function onDays(
  after: string | undefined,
  before: string | undefined,
  of: (offer: OfferRecord) => string | null,
): Filter<OfferRecord> | undefined {
  if (after === undefined && before === undefined) return undefined;
  return (offer) => {
    const day = of(offer);
    return day !== null && (after === undefined || day >= after) && (before === undefined || day < before);
  };
}

export const listOffersOfApplication: GemHandler<'listOffersOfApplication'> = ({ path, query }, world) => {
  living(world, 'applications', path.application_id);
  const found = world.store.collection('offers').entriesBy('application_id', path.application_id);
  return listPage(world, offers, query, filters(created(query), updated(query)), found);
};

export const getOffer: GemHandler<'getOffer'> = ({ path, query }, world) =>
  itemOf(world, offers, path.offer_id, query);

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
export function currentOffer(store: Store, applicationId: string): OfferRecord | undefined {
  return store
    .collection('offers')
    .by('application_id', applicationId)
    .findLast(({ deleted_at, status }) => deleted_at === null && status !== 'deprecated');
}
