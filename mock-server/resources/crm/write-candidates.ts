import type { RecordTypes } from '../../../seeds/index.ts';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { recordProfileChange } from '../../records/activity.ts';
import { forbiddenByRule, invalidField } from '../../problems/problems.ts';
import { deleteRecord } from '../../records/delete-record.ts';
import type { World } from '../../world/world.ts';
import type { GemHandler } from '../resource.ts';
import { linkedInAddress } from '../ats/person.ts';
import { living, referenced } from '../references.ts';
import { crmCandidate, handleOf } from './candidates.ts';
import { writeCustomFields } from './custom-fields.ts';

type CandidateRecord = RecordTypes['candidates'];

/** Creates a person without an application. Only a LinkedIn handle shows that they are there already (gem-ats-api §7). */
export const createCrmCandidate: GemHandler<'createCrmCandidate'> = ({ body }, world) => {
  const creator = referenced(world, 'users', body.created_by, 'created_by');
  if (body.autofill === true && !body.linked_in_handle) {
    throw invalidField(['autofill'], 'Requires linked_in_handle.');
  }
  if (body.project_ids?.length) throw invalidField(['project_ids'], 'Project not found.');
  const email_addresses = readEmails(body.emails ?? []);
  const custom_fields = writeCustomFields(world.store, {}, body.custom_fields ?? []);
  if (body.linked_in_handle) refuseDuplicate(world, body.linked_in_handle);
  const now = world.now();
  const candidate: CandidateRecord = {
    id: world.nextId('candidate'),
    first_name: body.first_name ?? '',
    last_name: body.last_name ?? '',
    company: body.company ?? null,
    title: body.title ?? null,
    phone_numbers: readPhone(body.phone_number ?? null),
    email_addresses,
    social_media_addresses: [
      ...(body.linked_in_handle ? [{ value: linkedInAddress(body.linked_in_handle) }] : []),
      ...(body.profile_urls ?? []).map((value) => ({ value })),
    ],
    tags: [],
    ...readHistory(world, body),
    linked_user_ids: [],
    is_private: false,
    updated_at: now,
    last_activity: now,
    crm: {
      created_by: creator.id,
      nickname: body.nickname ?? null,
      location: body.location ?? null,
      school: body.school ?? null,
      sourced_from: body.sourced_from ?? null,
      custom_fields,
    },
    created_at: now,
    deleted_at: null,
  };
  world.store.put('candidates', candidate);
  return { status: 201, body: crmCandidate(world, candidate.id) };
};

/** Changes the fields of a person that are sent, and no others. */
export const updateCrmCandidate: GemHandler<'updateCrmCandidate'> = ({ path, body }, world) => {
  const candidate = living(world, 'candidates', path.candidate_id);
  const { crm = {} } = candidate;
  if (body.due_date) referenced(world, 'users', body.due_date.user_id, 'due_date');
  const due_date = body.due_date && { note: null, ...body.due_date };
  const { nickname, location, school } = body;
  world.store.put('candidates', {
    ...candidate,
    ...given({
      first_name: body.first_name === null ? '' : body.first_name,
      last_name: body.last_name === null ? '' : body.last_name,
      company: body.company,
      title: body.title,
      phone_numbers: body.phone_number === undefined ? undefined : readPhone(body.phone_number),
      email_addresses: body.emails && readEmails(body.emails),
      social_media_addresses: body.profile_urls && withHandleKept(candidate, body.profile_urls),
    }),
    crm: {
      ...crm,
      ...given({ nickname, location, school, due_date }),
      custom_fields: writeCustomFields(world.store, crm.custom_fields ?? {}, body.custom_fields ?? []),
    },
  });
  recordProfileChange(world, candidate.id, world.now());
  return { status: 200, body: crmCandidate(world, candidate.id) };
};

/** Deletes a person in the name of a user, for the ATS too. */
export const deleteCrmCandidate: GemHandler<'deleteCrmCandidate'> = ({ path, body }, world) => {
  const candidate = living(world, 'candidates', path.candidate_id);
  referenced(world, 'users', body.on_behalf_of_user_id, 'on_behalf_of_user_id');
  if (body.permanently_remove_contact_info === true) {
    const noContact = { email_addresses: [], phone_numbers: [], social_media_addresses: [] };
    world.store.put('candidates', { ...candidate, ...noContact });
  }
  deleteRecord(world, 'candidates', candidate.id, world.now());
  return { status: 204, body: undefined };
};

function refuseDuplicate(world: World, handle: string): void {
  const address = linkedInAddress(handle).toLowerCase();
  const known = world.store
    .collection('candidates')
    .by('social_media_address', address)
    .find(({ deleted_at }) => deleted_at === null);
  if (!known) return;
  throw forbiddenByRule('A candidate with this LinkedIn handle exists already.', {
    duplicate_candidate: { id: known.id, linked_in_handle: handleOf(known) ?? handle },
  });
}

/** New profiles take the place of the old ones, but a handle is no field of this call and stays. */
function withHandleKept(
  candidate: CandidateRecord,
  urls: readonly string[],
): CandidateRecord['social_media_addresses'] {
  const handle = handleOf(candidate);
  const handles = handle === undefined ? [] : [linkedInAddress(handle)];
  return [...new Set([...handles, ...urls])].map((value) => ({ value }));
}

/** The fields that were sent. */
function given<Fields extends object>(fields: Fields): Given<Fields> {
  // The compiler does not see what the filter leaves.
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Given<Fields>;
}

type Given<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

// What the CRM's bodies say of a person, in the words of the records (gem-ats-api §7).

type CreateBody = GemSchemas['CreateCrmCandidateBody'];

/** Every address that is written becomes a personal one; without a mark the first is primary (gem-ats-api §9). */
function readEmails(written: readonly GemSchemas['CrmEmailBody'][]): CandidateRecord['email_addresses'] {
  if (written.filter(({ is_primary }) => is_primary === true).length > 1) {
    throw invalidField(['emails'], 'Only one e-mail address can be the primary one.');
  }
  const primary = written.find(({ is_primary }) => is_primary === true) ?? written[0];
  return written.map((email) => ({
    value: email.email_address,
    type: 'personal',
    is_primary: email === primary,
  }));
}

/** The CRM knows one number. */
function readPhone(phone: string | null): CandidateRecord['phone_numbers'] {
  return phone === null ? [] : [{ type: 'mobile', value: phone }];
}

/** Where a person learnt and worked. */
function readHistory(world: World, body: CreateBody): Pick<CandidateRecord, 'educations' | 'employments'> {
  return {
    educations: (body.education_info ?? []).map((education) => ({
      id: world.nextId('education'),
      school_name: education.school ?? '',
      degree: education.degree ?? null,
      discipline: education.field_of_study ?? null,
      start_date: education.start_date ?? null,
      end_date: education.end_date ?? null,
    })),
    employments: (body.work_info ?? []).map((work) => ({
      id: world.nextId('employment'),
      company_name: work.company ?? '',
      title: work.title ?? null,
      start_date: work.work_start_date ?? null,
      end_date: work.work_end_date ?? null,
    })),
  };
}
