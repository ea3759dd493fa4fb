// What the CRM's bodies say of a person, in the words of the records (gem-ats-api §7).
import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { invalidField } from '../../problems/problems.ts';
import type { World } from '../../world/world.ts';

type CandidateRecord = RecordTypes['candidates'];
type CreateBody = GemSchemas['CreateCrmCandidateBody'];

/** Every address that is written becomes a personal one; without a mark the first is primary (gem-ats-api §9). */
export function readEmails(
  written: readonly GemSchemas['CrmEmailBody'][],
): CandidateRecord['email_addresses'] {
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
export function readPhone(phone: string | null): CandidateRecord['phone_numbers'] {
  return phone === null ? [] : [{ type: 'mobile', value: phone }];
}

/** Where a person learnt and worked. */
export function readHistory(
  world: World,
  body: CreateBody,
): Pick<CandidateRecord, 'educations' | 'employments'> {
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
