import { toInstant } from '../../contracts/clock.ts';
import type { RecordTypes, Records, ResourceName } from '../records.ts';
import { makeResume, makeCandidate, makeNote } from './candidates.ts';
import { makeApplicationOf, makeOffer } from './applications.ts';
import { makeInterviewOf, makeScorecardOf } from './interviews.ts';
import { makeJobOf, makePostOf, makeStageOf, makeOpening } from './jobs.ts';
import { makeCustomField, makeDepartment, makeOffice, makeUser } from './organisation.ts';
import type { Kit } from './kit.ts';
import { living, named, openJob, staff, type Find } from './relations.ts';

/**
 * Makes one believable record of a resource. Fields that are given stand as they are; relations that are missing are
 * chosen from the records there are, always the same ones for the same records and kit.
 *
 * @param find gives the records there are, by resource
 * @throws Error that says in one line what the record needs and cannot find
 */
export function makeRecord<Name extends ResourceName>(
  kit: Kit,
  name: Name,
  fields: Partial<RecordTypes[Name]>,
  find: <Other extends ResourceName>(name: Other) => readonly RecordTypes[Other][],
): RecordTypes[Name] {
  const record = makers[name](kit, fields, find);
  // A change feed shows a deletion as the last change.
  const { deleted_at } = record;
  for (const field of ['updated_at', 'last_activity_at'] as const) {
    if (deleted_at !== null && field in record && !(field in fields))
      Object.assign(record, { [field]: deleted_at });
  }
  return record;
}

const makers: {
  [Name in keyof Records]: (kit: Kit, fields: Partial<RecordTypes[Name]>, find: Find) => RecordTypes[Name];
} = {
  users: (kit, fields, find) => {
    const [, domain = 'company.example'] = find('users')[0]?.primary_email_address.split('@') ?? [];
    return makeUser(kit, domain, fields);
  },
  offices: (kit, fields) => {
    const name = fields.name ?? kit.chance.location.city();
    const location_name = fields.location_name ?? `${name}, ${kit.chance.location.country()}`;
    return makeOffice(kit, { ...fields, name, location_name });
  },
  departments: (kit, fields) =>
    makeDepartment(kit, { ...fields, name: fields.name ?? kit.chance.commerce.department() }),
  sources: (kit, fields, find) => ({
    id: kit.identifiers.next('source'),
    public_name: `${kit.chance.company.name()} (agency)`,
    type: find('sources').find(({ type }) => type.name === 'Other')?.type ?? {
      id: kit.identifiers.next('source_type'),
      name: 'Other',
    },
    created_at: kit.ago(1000),
    deleted_at: null,
    ...fields,
  }),
  rejection_reasons: (kit, fields, find) => ({
    id: kit.identifiers.next('rejection_reason'),
    name: 'Another reason',
    type: find('rejection_reasons')[0]?.type ?? {
      id: kit.identifiers.next('rejection_type'),
      name: 'We rejected them',
    },
    created_at: kit.ago(1000),
    deleted_at: null,
    ...fields,
  }),
  close_reasons: (kit, fields) => ({
    id: kit.identifiers.next('close_reason'),
    name: 'Another reason',
    created_at: kit.ago(1000),
    deleted_at: null,
    ...fields,
  }),
  custom_fields: (kit, fields) => {
    const { name = 'Custom field', field_type = 'job', value_type = 'text' } = fields;
    const options = value_type.endsWith('_select') && !fields.options ? ['First', 'Second'] : [];
    return { ...makeCustomField(kit, { name, field_type, value_type, options }), ...fields };
  },
  jobs: makeJobOf,
  job_stages: makeStageOf,
  job_posts: makePostOf,
  candidates: makeCandidate,
  attachments: (kit, fields, find) => {
    const candidate = named(find, 'candidates', fields.candidate_id, 'an attachment');
    return makeResume(kit, candidate, { filename: `${fields.type ?? 'resume'}.pdf`, ...fields });
  },
  applications: makeApplicationOf,
  scheduled_interviews: makeInterviewOf,
  scorecards: makeScorecardOf,
  offers: (kit, fields, find) => {
    const application = named(find, 'applications', fields.application_id, 'an offer');
    const opening = living(find, 'openings').find(({ job_id }) => job_id === application.job_id);
    return makeOffer(kit, application, { opening_id: opening?.id ?? null, ...fields });
  },
  openings: (kit, fields, find) => {
    if (fields.job_id === null) return makeOpening(kit, undefined, fields);
    const job =
      fields.job_id === undefined ? openJob(find) : named(find, 'jobs', fields.job_id, 'an opening');
    return makeOpening(kit, job, fields);
  },
  notes: (kit, fields, find) => {
    const candidate = named(find, 'candidates', fields.candidate_id, 'a note');
    const user_id = fields.user_id ?? staff(find)[0]?.id;
    if (user_id === undefined) throw new Error('a note needs a user who writes it, and there is none');
    // A note about a candidate of today is of today, not of tomorrow.
    const written = Math.min(Date.parse(candidate.created_at) + 24 * 60 * 60_000, Date.parse(kit.ago(0)));
    const created_at = toInstant(written);
    return makeNote(kit, candidate, {
      created_at,
      body: kit.chance.lorem.sentence(),
      ...fields,
      user_id,
    });
  },
};
