// The fields of Gem's records that the connector cannot do without, with an example of each. A field that may be null
// stays out: a pact knows no such thing. Lists may be empty at the provider, so none is promised to hold something.
import { MatchersV3 } from '@pact-foundation/pact';

const { boolean, integer, like, regex, string } = MatchersV3;

const instant = regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, '2026-11-16T09:00:00.000Z');
const id = (example: string) => string(example);

/** What one record of each list has to look like. */
export const shapes = {
  listUsers: {
    id: id('VXNlcjoxMDAwMDAy'),
    first_name: string('Priya'),
    last_name: string('Raman'),
    primary_email_address: string('priya.raman@halden-robotics.example'),
    disabled: boolean(false),
    site_admin: boolean(false),
    created_at: instant,
    updated_at: instant,
  },
  listJobs: {
    id: id('am9iOldPiCihyBbolL9PG-8Av8w'),
    name: string('Senior Backend Engineer'),
    confidential: boolean(false),
    status: regex(/^(open|closed|draft|pending_approval|approved)$/, 'open'),
    offices: like([]),
    departments: like([]),
    hiring_team: like({}),
    custom_fields: like({}),
    created_at: instant,
    updated_at: instant,
  },
  listJobStages: {
    id: id('am9ic3RhZ2U6ECW7ZSiAu8MsE9grlbQKUw'),
    job_id: id('am9iOldPiCihyBbolL9PG-8Av8w'),
    name: string('Application Review'),
    priority: integer(0),
    active: boolean(true),
    interviews: like([]),
    updated_at: instant,
  },
  listJobPosts: {
    id: id('am9icG9zdDoxEnPWIcFB4ywd90ZLyb_y'),
    job_id: id('am9iOldPiCihyBbolL9PG-8Av8w'),
    title: string('Senior Backend Engineer'),
    content: string('<p>You keep robots talking.</p>'),
    live: boolean(true),
    active: boolean(true),
    internal: boolean(false),
    external: boolean(true),
    listed: boolean(true),
    created_at: instant,
    updated_at: instant,
  },
  listCandidates: {
    id: id('Q2FuZGlkYXRlOjEwMDAwMDAx'),
    first_name: string('Zoë'),
    last_name: string('Großmann'),
    is_private: boolean(false),
    email_addresses: like([]),
    phone_numbers: like([]),
    social_media_addresses: like([]),
    attachments: like([]),
    applications: like([]),
    created_at: instant,
    updated_at: instant,
  },
  listApplications: {
    id: id('YXBwbGljYXRpb246QfGRRlBAnWY5bAqzTHWhSw'),
    candidate_id: id('Q2FuZGlkYXRlOjEwMDAwMDAx'),
    status: regex(/^(active|rejected|hired)$/, 'active'),
    jobs: [{ id: id('am9iOldPiCihyBbolL9PG-8Av8w'), name: string('Senior Backend Engineer') }],
    applied_at: instant,
    last_activity_at: instant,
  },
  listScheduledInterviews: {
    id: id('aW50ZXJ2aWV3OkQ'),
    application_id: id('YXBwbGljYXRpb246QfGRRlBAnWY5bAqzTHWhSw'),
    interview: { id: id('aW50ZGVmOkQ'), name: string('Recruiter screen') },
    interviewers: like([]),
    job_stage_interview_item_id: string('aW50aXRlbTpE'),
    start: { date_time: instant },
    end: { date_time: instant },
    status: regex(/^(scheduled|awaiting_feedback|complete)$/, 'scheduled'),
    created_at: instant,
    updated_at: instant,
  },
};
