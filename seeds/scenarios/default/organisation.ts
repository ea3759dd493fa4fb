import {
  makeCloseReasons,
  makeRejectionReasons,
  defaultSources,
  makeSources,
  makeDepartment,
  makeOffice,
  makeUser,
  makeCustomField,
} from '../../factories/organisation.ts';
import type { Kit } from '../../factories/kit.ts';
import type { Records } from '../../records.ts';

/** The parts of the company that jobs and candidates refer to, by a word each. */
export type Organisation = ReturnType<typeof buildOrganisation>;

/** The company itself: its people, places, departments and hiring channels. */
export function buildOrganisation(kit: Kit, records: Records) {
  const offices = buildOffices(kit);
  const departments = buildDepartments(kit);
  const users = buildUsers(kit, offices.berlin.id, departments.engineering.id);
  const sources = buildSources(kit);
  const rejectionReasons = makeRejectionReasons(kit);
  records.offices.push(...Object.values(offices));
  records.departments.push(...Object.values(departments));
  records.users.push(...Object.values(users));
  records.sources.push(...Object.values(sources));
  records.rejection_reasons.push(...rejectionReasons);
  records.close_reasons.push(...makeCloseReasons(kit));
  return { offices, departments, users, sources, rejectionReasons };
}

function buildOffices(kit: Kit) {
  const europe = makeOffice(kit, { name: 'Europe', location_name: 'Europe' });
  const child = { parent_id: europe.id };
  return {
    europe,
    berlin: makeOffice(kit, { ...child, name: 'Berlin HQ', location_name: 'Berlin, Germany' }),
    paris: makeOffice(kit, { ...child, name: 'Paris', location_name: 'Paris, France' }),
    // Came over from another ATS and kept its numeric id (gem-ats-api §1.7).
    london: makeOffice(kit, {
      ...child,
      id: '4010840002',
      name: 'London',
      location_name: 'London, United Kingdom',
      parent_office_external_id: 'europe-1',
    }),
    krakow: makeOffice(kit, { ...child, name: 'Kraków', location_name: 'Kraków, Poland' }),
    sanFrancisco: makeOffice(kit, {
      name: 'San Francisco',
      location_name: 'San Francisco, CA, United States',
    }),
    newYork: makeOffice(kit, { name: 'New York', location_name: 'New York, NY, United States' }),
    tokyo: makeOffice(kit, { name: '東京', location_name: '東京, Japan' }),
    // An office without a place: its location name is the empty string (gem-ats-api §3.3).
    remote: makeOffice(kit, { name: 'Remote', location_name: '' }),
    closedLab: makeOffice(kit, {
      name: 'Old lab',
      location_name: 'Oslo, Norway',
      deleted_at: kit.ago(120),
    }),
  };
}

function buildDepartments(kit: Kit) {
  const engineering = makeDepartment(kit, { name: 'Engineering' });
  return {
    engineering,
    platform: makeDepartment(kit, { name: 'Platform', parent_id: engineering.id }),
    robotics: makeDepartment(kit, {
      name: 'Robotics',
      parent_id: engineering.id,
      parent_department_external_id: 'eng-7',
    }),
    product: makeDepartment(kit, { id: '4033981002', name: 'Product & Design' }),
    sales: makeDepartment(kit, { name: 'Sales' }),
    people: makeDepartment(kit, { name: 'People' }),
    dissolved: makeDepartment(kit, { name: 'Moonshots', deleted_at: kit.ago(200) }),
  };
}

function buildUsers(kit: Kit, berlin: string, engineering: string) {
  const domain = 'halden-robotics.example';
  const at = { office_ids: [berlin], department_ids: [engineering] };
  return {
    admin: makeUser(kit, domain, { first_name: 'Ingrid', last_name: 'Halden', site_admin: true }),
    recruiter: makeUser(kit, domain, { first_name: 'Priya', last_name: 'Raman' }),
    secondRecruiter: makeUser(kit, domain, { first_name: 'Tomáš', last_name: 'Dvořák' }),
    coordinator: makeUser(kit, domain, { first_name: 'Noor', last_name: 'El-Amin' }),
    sourcer: makeUser(kit, domain, { first_name: 'Kenji', last_name: '佐藤' }),
    engineeringManager: makeUser(kit, domain, { first_name: 'Marta', last_name: 'Kowalczyk', ...at }),
    salesManager: makeUser(kit, domain, { first_name: 'Dwayne', last_name: "O'Connor" }),
    engineer: makeUser(kit, domain, { ...at, employee_id: null }),
    secondEngineer: makeUser(kit, domain, at),
    designer: makeUser(kit, domain),
    disabled: makeUser(kit, domain, { first_name: 'Former', last_name: 'Colleague', disabled: true }),
    deleted: makeUser(kit, domain, {
      first_name: 'Gone',
      last_name: 'Entirely',
      disabled: true,
      deleted_at: kit.ago(80),
    }),
  };
}

function buildSources(kit: Kit) {
  const [careerSite, sequence, github, indeed, internal, linkedIn, referral, partner, meetup] = makeSources(
    kit,
    [
      ...defaultSources,
      { public_name: 'Talent Partner', type: 'Other' },
      { public_name: 'Robotics meetup', type: 'Attend events' },
    ],
  );
  if (!careerSite || !sequence || !github || !indeed || !internal || !linkedIn || !referral) {
    throw new Error('a default source is missing');
  }
  if (!partner || !meetup) throw new Error("one of the company's own sources is missing");
  return {
    careerSite,
    sequence,
    github,
    indeed,
    internal,
    linkedIn,
    referral,
    partner,
    meetup,
  };
}

/** The definitions of the custom fields that jobs and openings have values of, and of some without any value. */
export function addCustomFields(kit: Kit, records: Records): void {
  records.custom_fields.push(
    makeCustomField(kit, {
      field_type: 'job',
      name: 'Salary band',
      value_type: 'single_select',
      options: ['L4', 'L5', 'L6'],
    }),
    makeCustomField(kit, { field_type: 'job', name: 'Travel required', value_type: 'yes_no' }),
    makeCustomField(kit, { field_type: 'opening', name: 'Cost centre', value_type: 'text', required: true }),
    makeCustomField(kit, {
      field_type: 'application',
      name: 'Notice period',
      value_type: 'text',
      private: true,
    }),
    makeCustomField(kit, { field_type: 'offer', name: 'Relocation until', value_type: 'date' }),
    makeCustomField(kit, {
      field_type: 'candidate',
      name: 'Seniority',
      value_type: 'single_select',
      options: ['Junior', 'Senior', 'Principal'],
    }),
    makeCustomField(kit, { field_type: 'candidate', name: 'Next talk', value_type: 'date' }),
    makeCustomField(kit, {
      field_type: 'candidate',
      name: 'Languages',
      value_type: 'multi_select',
      options: ['Deutsch', 'English', '日本語'],
    }),
  );
}
