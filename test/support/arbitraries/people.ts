import { fc } from '@fast-check/vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import {
  customFields,
  email,
  identifier,
  moment,
  namedReference,
  nullable,
  optional,
  text,
  userLite,
  webUrl,
} from './values.ts';

export const user: fc.Arbitrary<GemSchemas['User']> = fc.record({
  created_at: moment,
  deleted_at: nullable(moment),
  departments: fc.constant<GemSchemas['Department'][]>([]),
  disabled: fc.boolean(),
  emails: fc.array(email, { maxLength: 2 }),
  employee_id: nullable(text),
  first_name: text,
  id: identifier,
  last_name: text,
  linked_candidate_ids: fc.array(identifier, { maxLength: 1 }),
  name: text,
  offices: fc.constant<GemSchemas['Office'][]>([]),
  primary_email_address: email,
  site_admin: fc.boolean(),
  updated_at: moment,
});

export const source: fc.Arbitrary<GemSchemas['Source']> = fc.record({
  id: identifier,
  public_name: fc.constantFrom('Referral', 'LinkedIn', 'Company career site', 'Agency'),
});

const assignedUser = nullable(fc.record({ email: fc.constant('casey@example.com'), id: identifier }));

export const application: fc.Arbitrary<GemSchemas['Application']> = fc
  .tuple(
    fc.record({
      applied_at: moment,
      candidate_id: identifier,
      coordinator: assignedUser,
      credited_to: nullable(identifier),
      current_stage: nullable(namedReference),
      custom_fields: customFields,
      id: identifier,
      job_post_id: nullable(identifier),
      jobs: fc.array(namedReference, { minLength: 1, maxLength: 1 }),
      last_activity_at: moment,
      recruiter: assignedUser,
      source: nullable(source),
      sourcer: assignedUser,
      status: fc.constantFrom('active', 'hired', 'rejected'),
    }),
    optional('deleted_at', moment),
    optional('rejected_at', moment),
    optional('rejection_reason', fc.record({ id: identifier, name: text, type: namedReference })),
  )
  .map(([known, deletion, rejection, reason]) => Object.assign(known, deletion, rejection, reason));

export const candidate: fc.Arbitrary<GemSchemas['Candidate']> = fc
  .tuple(
    fc.record({
      application_ids: fc.array(identifier, { maxLength: 2 }),
      applications: fc.array(application, { maxLength: 4 }),
      attachments: fc.array(
        fc.record({
          created_at: moment,
          filename: text,
          type: fc.constantFrom('resume', 'other'),
          url: fc.constant('https://files.example.com/signed'),
        }),
        { maxLength: 2 },
      ),
      company: nullable(text),
      created_at: moment,
      educations: fc.constant<GemSchemas['Education'][]>([]),
      email_addresses: fc.array(
        fc.record({
          is_primary: fc.boolean(),
          type: fc.constantFrom('other', 'personal', 'work'),
          value: email,
        }),
        { maxLength: 3 },
      ),
      employments: fc.constant<GemSchemas['Employment'][]>([]),
      first_name: text,
      id: identifier,
      is_private: fc.boolean(),
      last_activity: nullable(moment),
      last_name: text,
      linked_user_ids: fc.array(identifier, { maxLength: 1 }),
      phone_numbers: fc.array(fc.record({ type: fc.constantFrom('home', 'mobile', 'skype'), value: text }), {
        maxLength: 2,
      }),
      social_media_addresses: fc.array(
        fc.record({
          value: fc.oneof(
            fc.constantFrom(
              'https://www.linkedin.com/in/jane',
              'github.com/jane',
              'https://x.com/@jane',
              'http://[',
            ),
            webUrl,
            text,
          ),
        }),
        { maxLength: 3 },
      ),
      tags: fc.array(text, { maxLength: 2 }),
      title: nullable(text),
      updated_at: nullable(moment),
    }),
    optional('deleted_at', moment),
  )
  .map(([known, deletion]) => Object.assign(known, deletion));

export const scheduledInterview: fc.Arbitrary<GemSchemas['ScheduledInterview']> = fc
  .tuple(
    fc.record({
      application_id: identifier,
      candidate_id: identifier,
      created_at: moment,
      end: fc.record({ date_time: moment }),
      id: identifier,
      interview: namedReference,
      interviewers: fc.array(
        fc.record({
          email: fc.constant('casey@example.com'),
          employee_id: nullable(text),
          id: identifier,
          name: text,
          response_status: fc.constantFrom('accepted', 'declined', 'needs_action', 'tentative'),
          scorecard_id: nullable(identifier),
        }),
        { maxLength: 3 },
      ),
      job_stage_interview_item_id: identifier,
      location: nullable(text),
      organizer: nullable(userLite),
      start: fc.record({ date_time: moment }),
      status: fc.constantFrom('awaiting_feedback', 'complete', 'scheduled'),
      updated_at: moment,
    }),
    optional('deleted_at', moment),
    optional('video_conferencing_url', webUrl),
  )
  .map(([known, deletion, video]) => Object.assign(known, deletion, video));
