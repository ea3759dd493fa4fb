// Records of which every field gets another value, and then none where it can have none.
import type { CaseRecord } from '../../harness/case.ts';
import type { Edit } from './building.ts';

type ChangeOf = Extract<Edit, { do: 'change' }>['resource'];

/** One of each kind, with something in every field. */
export const rewrittenRecords = {
  users: [
    {
      as: 'user-rewritten',
      first_name: 'Old',
      last_name: 'Name',
      primary_email_address: 'old.name@nordlicht.example',
    },
  ],
  jobs: [
    {
      as: 'job-rewritten',
      name: 'Old Job',
      requisition_id: 'OLD-1',
      location_type: 'in_office',
      office_ids: ['vienna'],
      department_ids: ['optics'],
      hiring_team: { hiring_managers: ['user-rewritten'], recruiters: ['user-rewritten', 'paula'] },
      custom_fields: { Seats: 1 },
      stages: [],
    },
  ],
  job_stages: [
    { as: 'stage-rewritten', job_id: 'job-rewritten', name: 'Old Stage', priority: 1 },
    { as: 'stage-beside', job_id: 'job-rewritten', name: 'Beside', priority: 2, interviews: ['Talk'] },
  ],
  job_posts: [
    { as: 'post-rewritten', job_id: 'job-rewritten', title: 'Old Post', content: '<p>Old</p>', listed: true },
  ],
  candidates: [
    {
      as: 'candidate-rewritten',
      first_name: 'Old',
      last_name: 'Person',
      company: 'Old Company',
      title: 'Old Title',
      is_private: false,
      email_addresses: [{ value: 'old@rewritten.example', type: 'personal', is_primary: true }],
      phone_numbers: [{ type: 'mobile', value: '+43 1 5550101' }],
      social_media_addresses: ['https://github.com/old-rewritten'],
    },
  ],
  applications: [
    {
      as: 'application-rewritten',
      candidate_id: 'candidate-rewritten',
      job_id: 'job-rewritten',
      current_stage_id: 'stage-beside',
      source_id: 'indeed',
      custom_fields: { Wish: 'old' },
    },
  ],
  scheduled_interviews: [
    {
      as: 'interview-rewritten',
      application_id: 'application-rewritten',
      start: '2027-03-01T09:00:00.000Z',
      end: '2027-03-01T10:00:00.000Z',
      video_conferencing_url: 'https://meet.example/old',
      interviewers: [{ user_id: 'paula', response_status: 'accepted', scorecard_id: null }],
    },
  ],
} satisfies Record<string, readonly CaseRecord[]>;

/** Gives every field another value. */
export const rewriting: readonly Edit[] = [
  change('jobs', 'job-rewritten', {
    name: 'New Job',
    requisition_id: 'NEW-2',
    location_type: 'remote',
    office_ids: ['oslo', 'graz'],
    department_ids: ['sales'],
    hiring_team: { coordinators: ['user-rewritten'], sourcers: ['paula'] },
    custom_fields: { Seats: 2 },
  }),
  change('users', 'user-rewritten', {
    first_name: 'New',
    last_name: 'Somebody',
    primary_email_address: 'new.somebody@nordlicht.example',
    disabled: true,
  }),
  change('job_stages', 'stage-rewritten', { name: 'New Stage', priority: 5 }),
  change('job_posts', 'post-rewritten', { title: 'New Post', content: '<p>New</p>', listed: false }),
  change('candidates', 'candidate-rewritten', {
    first_name: 'New',
    last_name: 'Human',
    company: 'New Company',
    title: 'New Title',
    is_private: true,
    email_addresses: [{ value: 'new@rewritten.example', type: 'work', is_primary: true }],
    phone_numbers: [{ type: 'home', value: '+43 1 5550202' }],
    social_media_addresses: [{ value: 'https://github.com/new-rewritten' }],
  }),
  change('applications', 'application-rewritten', { source_id: 'referral', custom_fields: { Wish: 'new' } }),
  change('scheduled_interviews', 'interview-rewritten', {
    start: '2027-04-02T11:00:00.000Z',
    end: '2027-04-02T11:30:00.000Z',
    interview: { id: 'kind-of-talk', name: 'New Talk' },
    video_conferencing_url: 'https://meet.example/new',
    interviewers: [{ user_id: 'paula', response_status: 'declined', scorecard_id: null }],
  }),
];

/** Takes away what can be missing. */
export const emptying: readonly Edit[] = [
  change('jobs', 'job-rewritten', {
    requisition_id: null,
    location_type: null,
    office_ids: [],
    department_ids: [],
    hiring_team: {},
  }),
  { do: 'unpublish', record: 'post-rewritten' },
  change('candidates', 'candidate-rewritten', {
    company: null,
    title: null,
    is_private: false,
    phone_numbers: [],
    social_media_addresses: [],
  }),
  change('applications', 'application-rewritten', { source_id: null, current_stage_id: null }),
  change('scheduled_interviews', 'interview-rewritten', { video_conferencing_url: null, interviewers: [] }),
];

function change(resource: ChangeOf, record: string, set: object): Edit {
  return { do: 'change', resource, record, set: { ...set } };
}
