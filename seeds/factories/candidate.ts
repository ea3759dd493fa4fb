import type { CandidateRecord } from '../records.ts';
import type { Kit } from './kit.ts';
import { mailbox } from './user.ts';

/** Makes a person with a plausible profile. `updated_at` and `last_activity` are the creation time at first. */
export function makeCandidate(kit: Kit, overrides: Partial<CandidateRecord> = {}): CandidateRecord {
  const { chance } = kit;
  const first_name = overrides.first_name ?? chance.person.firstName();
  const last_name = overrides.last_name ?? chance.person.lastName();
  const handle = `${mailbox(first_name)}-${mailbox(last_name)}-${chance.string.hexadecimal({ length: 4, prefix: '', casing: 'lower' })}`;
  const company = chance.company.name();
  const title = chance.person.jobTitle();
  const created_at = overrides.created_at ?? kit.ago(chance.number.int({ min: 3, max: 90 }), 41);
  const started = chance.number.int({ min: 400, max: 2400 });
  return {
    id: kit.identifiers.next('candidate'),
    first_name,
    last_name,
    company,
    title,
    phone_numbers: [{ type: 'mobile', value: `+1-541-555-01${chance.string.numeric(2)}` }],
    email_addresses: [
      {
        value: `${mailbox(first_name)}.${mailbox(last_name)}@example.com`,
        type: 'personal',
        is_primary: true,
      },
    ],
    social_media_addresses: [{ value: `https://www.linkedin.com/in/${handle}` }],
    tags: chance.helpers.arrayElements(['referral', 'silver medalist', 'relocation', 'speaks German'], {
      min: 0,
      max: 2,
    }),
    educations: [
      {
        id: kit.identifiers.next('education'),
        school_name: `University of ${chance.location.city()}`,
        degree: chance.helpers.arrayElement(["Bachelor's Degree", "Master's Degree", 'Doctorate']),
        discipline: chance.helpers.arrayElement(['Computer Science', 'Economics', 'Physics', 'Design']),
        start_date: kit.dateAgo(started + 2200),
        end_date: kit.dateAgo(started + 700),
      },
    ],
    employments: [
      {
        id: kit.identifiers.next('employment'),
        company_name: company,
        title,
        start_date: kit.dateAgo(started),
        end_date: null,
      },
    ],
    linked_user_ids: [],
    is_private: false,
    updated_at: created_at,
    last_activity: created_at,
    deleted_at: null,
    ...overrides,
    created_at,
  };
}
