import type { ApplicationRecord, OfferRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes an offer for an application: sent and unanswered, or accepted where the application ended in a hire. */
export function makeOffer(
  kit: Kit,
  application: ApplicationRecord,
  overrides: Partial<OfferRecord> = {},
): OfferRecord {
  const created_at = overrides.created_at ?? application.last_activity_at;
  return {
    id: kit.identifiers.next('offer'),
    application_id: application.id,
    opening_id: null,
    status: application.status === 'hired' ? 'accepted' : 'unresolved',
    sent_at: created_at.slice(0, 10),
    starts_at: kit.dateAgo(-45),
    compensation: [
      {
        type: 'base_salary',
        value: String(kit.chance.number.int({ min: 50, max: 140 }) * 1000),
        value_type: 'amount',
        unit: null,
        currency_code: 'EUR',
        interval: 'year',
      },
    ],
    updated_at: created_at,
    deleted_at: null,
    ...overrides,
    created_at,
  };
}
