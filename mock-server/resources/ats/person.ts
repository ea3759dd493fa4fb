import type { RecordTypes } from '../../../seeds/index.ts';
import { forbiddenByRule } from '../../problems/problems.ts';
import type { World } from '../../world/world.ts';
import { refuseSecondApplication } from './new-application.ts';

type CandidateRecord = RecordTypes['candidates'];

/** What a person who applies says about themselves. */
export interface PersonDetails {
  first_name: string;
  last_name: string;
  email: string;
  company?: string;
  title?: string;
  phone_number?: string;
  linkedin_handle?: string;
}

/**
 * The person who is known already by e-mail address or LinkedIn handle and is used again for an application to a job;
 * undefined where a new one is to be made (gem-ats-api §14 #4).
 *
 * @throws GemProblem 400 that names the person, when they have an active application to the job or may not apply again
 */
export function knownPerson(
  world: World,
  details: PersonDetails,
  jobId: string,
): CandidateRecord | undefined {
  const known = findPerson(world, details);
  if (!known) return undefined;
  const { same_person } = world.switches;
  if (same_person === 'create') return undefined;
  if (same_person === 'refuse') {
    throw forbiddenByRule('The candidate exists already.', { duplicate_candidate: { id: known.id } });
  }
  refuseSecondApplication(world, known.id, jobId);
  return known;
}

function findPerson(world: World, { email, linkedin_handle }: PersonDetails): CandidateRecord | undefined {
  const people = world.store.collection('candidates');
  const byHandle = linkedin_handle
    ? people.by('social_media_address', linkedInAddress(linkedin_handle).toLowerCase())
    : [];
  return [...people.by('email', email.toLowerCase()), ...byHandle].find(
    ({ deleted_at }) => deleted_at === null,
  );
}

/** Stores a new person. */
export function storePerson(world: World, details: PersonDetails, now: string): CandidateRecord {
  const candidate: CandidateRecord = {
    id: world.nextId('candidate'),
    first_name: details.first_name,
    last_name: details.last_name,
    company: details.company ?? null,
    title: details.title ?? null,
    phone_numbers: details.phone_number ? [{ type: 'mobile', value: details.phone_number }] : [],
    // The only kind of address that Gem lets an integration write (gem-ats-api §9).
    email_addresses: [{ value: details.email, type: 'personal', is_primary: true }],
    social_media_addresses: details.linkedin_handle
      ? [{ value: linkedInAddress(details.linkedin_handle) }]
      : [],
    tags: [],
    educations: [],
    employments: [],
    linked_user_ids: [],
    is_private: false,
    created_at: now,
    updated_at: now,
    last_activity: now,
    deleted_at: null,
  };
  world.store.put('candidates', candidate);
  return candidate;
}

/** The address of a LinkedIn profile, which is how the ATS keeps a handle (gem-ats-api §3.1). */
export function linkedInAddress(handle: string): string {
  return `https://www.linkedin.com/in/${handle}`;
}

/** The handle in the address of a LinkedIn profile; undefined in any other address. */
export function linkedInHandle(address: string): string | undefined {
  return /^(?:https?:\/\/)?(?:[\w-]+\.)?linkedin\.com\/in\/([^/?#]+)/i.exec(address)?.[1];
}
