import { fc } from '@fast-check/vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { customFields, identifier, moment, nullable, optional, text, userLite } from './values.ts';

export const office: fc.Arbitrary<GemSchemas['Office']> = fc.record({
  child_ids: fc.array(identifier, { maxLength: 2 }),
  child_office_external_ids: fc.array(text, { maxLength: 1 }),
  id: identifier,
  location: fc.record({
    name: fc.oneof(
      fc.constantFrom('', '   ', 'Paris, France', 'Atlanta, Georgia', 'Germany', 'Remote'),
      text,
    ),
  }),
  name: fc.oneof(fc.constantFrom('Headquarters', 'Berlin'), text),
  parent_id: nullable(identifier),
  parent_office_external_id: nullable(text),
});

export const department: fc.Arbitrary<GemSchemas['Department']> = fc.record({
  child_department_external_ids: fc.array(text, { maxLength: 1 }),
  child_ids: fc.array(identifier, { maxLength: 2 }),
  id: identifier,
  name: text,
  parent_department_external_id: nullable(text),
  parent_id: nullable(identifier),
});

const team = fc.array(userLite, { maxLength: 3 });

export const hiringTeam: fc.Arbitrary<GemSchemas['HiringTeam']> = fc
  .record(
    { hiring_managers: team, recruiters: team, coordinators: team, sourcers: team },
    { requiredKeys: [] },
  )
  .chain((groups) => {
    // Somebody who has several parts is the interesting case.
    const [somebody] = groups.recruiters ?? [];
    return somebody
      ? fc.constantFrom(groups, { ...groups, sourcers: [somebody, somebody] })
      : fc.constant(groups);
  });

const locationType = nullable(fc.constantFrom('hybrid' as const, 'in_office' as const, 'remote' as const));

export const job: fc.Arbitrary<GemSchemas['Job']> = fc
  .tuple(
    fc.record({
      closed_at: nullable(moment),
      confidential: fc.boolean(),
      created_at: moment,
      custom_fields: customFields,
      deleted_at: nullable(moment),
      departments: fc.array(department, { maxLength: 3 }),
      hiring_team: hiringTeam,
      id: identifier,
      is_template: fc.boolean(),
      name: text,
      offices: fc.array(office, { maxLength: 3 }),
      opened_at: nullable(moment),
      requisition_id: nullable(text),
      status: fc.constantFrom('approved', 'closed', 'draft', 'open', 'pending_approval'),
      updated_at: moment,
    }),
    optional('location_type', locationType),
  )
  .map(([known, extension]) => Object.assign(known, extension));

export const jobStage: fc.Arbitrary<GemSchemas['JobStage']> = fc
  .tuple(
    fc.record({
      active: fc.boolean(),
      created_at: moment,
      id: identifier,
      interviews: fc.array(
        fc.record({
          default_interviewer_users: fc.array(userLite, { maxLength: 1 }),
          deleted_at: nullable(moment),
          estimated_minutes: fc.integer({ min: 0, max: 240 }),
          id: identifier,
          interview_kit: fc.record({
            content: text,
            id: identifier,
            questions: fc.constant<GemSchemas['InterviewKitQuestion'][]>([]),
          }),
          job_stage_interview_item_id: identifier,
          name: text,
          schedulable: fc.boolean(),
        }),
        { maxLength: 2 },
      ),
      job_id: identifier,
      name: text,
      priority: fc.nat({ max: 20 }),
      updated_at: moment,
    }),
    optional('deleted_at', moment),
  )
  .map(([known, deletion]) => Object.assign(known, deletion));

export const jobPost: fc.Arbitrary<GemSchemas['JobPost']> = fc.record({
  active: fc.boolean(),
  content: text,
  created_at: moment,
  deleted_at: nullable(moment),
  external: fc.boolean(),
  first_published_at: nullable(moment),
  id: identifier,
  internal: fc.boolean(),
  internal_content: nullable(text),
  job_id: identifier,
  listed: fc.boolean(),
  live: fc.boolean(),
  title: text,
  updated_at: moment,
});
