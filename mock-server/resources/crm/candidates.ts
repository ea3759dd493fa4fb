import type { GemSchemas } from '../../../contracts/gem.ts';
import type { Serialised } from '../../../contracts/server/serialised.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import type { World } from '../../world/world.ts';
import { between, filters, oneOf, type Filter } from '../listing/filters.ts';
import { selectOrdered, pageOfSelected } from '../listing/pages.ts';
import { serialise, type GemHandler } from '../resource.ts';
import { linkedInHandle } from '../ats/person.ts';
import { living } from '../references.ts';
import { millisecondsOf, secondsOf } from './moment.ts';
import { customFieldValues } from './custom-fields.ts';

type CandidateRecord = RecordTypes['candidates'];

/** The people of the ATS, in the words of the CRM (gem-ats-api §7). */
export const listCrmCandidates: GemHandler<'listCrmCandidates'> = ({ query }, world) => {
  const { page = 1, page_size = 20 } = query;
  const wanted = {
    includeDeleted: false,
    conditions: filters<CandidateRecord>(
      between(
        millisecondsOf(query.created_after),
        millisecondsOf(query.created_before),
        ({ created_at }) => created_at,
        'created_at',
      ),
      between(millisecondsOf(query.updated_after), undefined, ({ updated_at }) => updated_at, 'updated_at'),
      oneOf(query.candidate_ids),
      addedBy(world, query.created_by),
      withAddressLike(query.email),
      withHandle(query.linked_in_handle),
    ),
    first: (page - 1) * page_size,
    count: page_size,
  };
  const order = query.sort ? orders[query.sort] : world.switches.crm_candidate_order;
  const { total, entries } = selectOrdered(world.store.collection('candidates'), wanted, order);
  const items = entries.map(({ record }) => serialise(presentPerson(record, world)));
  return pageOfSelected(items, total, { page, page_size });
};

const orders = { asc: 'oldest_first', desc: 'newest_first' } as const;

export const getCrmCandidate: GemHandler<'getCrmCandidate'> = ({ path }, world) => ({
  status: 200,
  body: crmCandidate(world, path.candidate_id),
});

/** A living person as the CRM sends them. */
export function crmCandidate(world: World, id: string): Serialised<GemSchemas['CrmCandidate']> {
  return serialise(presentPerson(living(world, 'candidates', id), world));
}

/** The LinkedIn handle of a person, if they have one. */
export function handleOf({ social_media_addresses }: CandidateRecord): string | undefined {
  return social_media_addresses.map(({ value }) => linkedInHandle(value)).find(Boolean);
}

function presentPerson(person: CandidateRecord, world: World): GemSchemas['CrmCandidate'] {
  const { crm = {} } = person;
  return {
    candidate_greenhouse_id: null,
    company: person.company,
    created_at: secondsOf(person.created_at),
    created_by: creatorOf(world, person),
    custom_fields: customFieldValues(world.store, crm.custom_fields ?? {}),
    due_date: crm.due_date ?? null,
    education_info: person.educations.map((education) => ({
      degree: education.degree,
      end_date: education.end_date,
      field_of_study: education.discipline,
      parsed_major_1: null,
      parsed_major_2: null,
      parsed_school: null,
      parsed_university: null,
      school: education.school_name,
      start_date: education.start_date,
    })),
    emails: person.email_addresses.map(({ value, is_primary }) => ({ email_address: value, is_primary })),
    first_name: person.first_name || null,
    gem_source: crm.sourced_from ?? null,
    id: person.id,
    last_name: person.last_name || null,
    last_updated_at: secondsOf(person.updated_at),
    linked_in_handle: handleOf(person) ?? null,
    location: crm.location ?? null,
    nickname: crm.nickname ?? null,
    phone_number: person.phone_numbers[0]?.value ?? null,
    profiles: person.social_media_addresses.map(({ value }) => readProfile(value)),
    project_ids: [],
    school: crm.school ?? person.educations[0]?.school_name ?? null,
    sourced_from: crm.sourced_from ?? null,
    title: person.title,
    weblink: `https://www.gem.com/candidate/${person.id}`,
    work_info: person.employments.map((employment) => ({
      company: employment.company_name,
      is_current: employment.end_date === null,
      title: employment.title,
      work_end_date: employment.end_date,
      work_start_date: employment.start_date,
    })),
  };
}

function addedBy(world: World, userId: string | undefined): Filter<CandidateRecord> | undefined {
  return userId === undefined ? undefined : (person) => creatorOf(world, person) === userId;
}

/** Unlike in the ATS, a part of an address is enough. */
function withAddressLike(email: string | undefined): Filter<CandidateRecord> | undefined {
  const part = email?.toLowerCase();
  if (part === undefined) return undefined;
  return ({ email_addresses }) => email_addresses.some(({ value }) => value.toLowerCase().includes(part));
}

function withHandle(handle: string | undefined): Filter<CandidateRecord> | undefined {
  const wanted = handle?.toLowerCase();
  return wanted === undefined ? undefined : (person) => handleOf(person)?.toLowerCase() === wanted;
}

/**
 * The user who added a person. A person who applied was added by no user, but the CRM always names one: then it is the
 * team's first administrator.
 */
function creatorOf({ store }: World, { crm }: RecordTypes['candidates']): string {
  if (crm?.created_by !== undefined) return crm.created_by;
  for (const { record } of store.collection('users').entries()) {
    if (record.site_admin && record.deleted_at === null) return record.id;
  }
  return '';
}

/** What the CRM reads from the address of a profile: `https://github.com/ada` is `ada` at `github`. */
function readProfile(address: string): GemSchemas['CrmProfile'] {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const network = url?.hostname.split('.').at(-2) ?? '';
  const username = url?.pathname.split('/').findLast((part) => part !== '') ?? '';
  return { network, url: address, username };
}
