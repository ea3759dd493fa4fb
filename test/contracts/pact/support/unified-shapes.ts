// What the answers of the unified API are like that the official client reads, as examples of JSON. The client wants
// records whole; what is null here has to be null in the state that the interaction names.

const at = '2026-11-16T09:00:00.000Z';

const user = {
  id: '7s9GMqu4PYHbUmQy3wZE1Cvq',
  remote_id: 'VXNlcjoxMDAwMDAz',
  first_name: 'Mats',
  last_name: 'Manager',
  email: 'mats.manager@example.com',
};

const job = {
  id: '1bGoJf5mqHdDVinoWsGWDMnX',
  remote_id: 'am9iOldPiCihyBbolL9PG-8Av8w',
  name: 'Backend Engineer',
};

const stage = {
  id: '3KfaGXtac8RaTg3Ri2YGtKNa',
  remote_id: 'am9ic3RhZ2U624zoVNMPtY6oX2pQj9e19w',
  name: 'Onsite',
};

const phone = { phone_number: '+1-541-555-0197', type: 'MOBILE' };
const email = { email_address: 'iris.interviewed@example.com', type: 'PERSONAL' };
const profile = {
  link: 'https://www.linkedin.com/in/iris-interviewed',
  type: 'LINKEDIN',
  username: 'iris-interviewed',
};

/** What a candidate is besides the applications. */
const person = {
  id: '57Mbekzk7bvBjP7yJVhUcSLS',
  remote_id: 'Q2FuZGlkYXRlOjEwMDAwMDAx',
  first_name: 'Iris',
  last_name: 'Interviewed',
  company: 'Analytical Engines',
  title: 'Analyst',
  confidential: false,
  source: 'Company career site',
  phone_numbers: [phone],
  email_addresses: [email],
  social_media: [profile],
  location: null,
  custom_fields: {},
  integration_fields: [],
  remote_url: null,
  remote_created_at: at,
  remote_updated_at: at,
  remote_data: null,
  changed_at: at,
  remote_deleted_at: null,
  tags: [],
};

/** Of somebody who was just created, with nothing but a name and an address. */
const newPerson = {
  ...person,
  company: null,
  title: null,
  source: null,
  phone_numbers: [],
  social_media: [],
};

const application = {
  id: 'GYpTKo59tDnfb4CHpARh3Euc',
  remote_id: 'YXBwbGljYXRpb246EJLfNedcIhBP8rFheLj1Eg',
  outcome: 'PENDING',
  rejection_reason_name: null,
  rejected_at: null,
  remote_url: null,
  changed_at: at,
  remote_created_at: at,
  remote_updated_at: at,
  current_stage: { ...stage, index: 4 },
  job,
};

const wholeApplication = {
  ...application,
  current_stage_id: stage.id,
  job_id: job.id,
  candidate_id: person.id,
  screening_question_answers: [],
  custom_fields: {},
  integration_fields: [],
  remote_deleted_at: null,
  remote_data: null,
};

/** One item of each list. */
export const items = {
  getAtsUsers: {
    ...user,
    status: 'ACTIVE',
    remote_data: null,
    changed_at: at,
    remote_deleted_at: null,
    system_roles: [],
  },
  getAtsJobs: {
    ...job,
    job_code: 'R2444',
    description: '<p>Backend Engineer</p>',
    confidential: false,
    weekly_hours: null,
    employment_type: null,
    status: 'OPEN',
    visibility: null,
    category: null,
    department: 'Engineering',
    post_url: 'https://jobs.gem.com/nordlicht/1',
    experience_level: null,
    remote_work_status: 'HYBRID',
    salary_amount: null,
    salary_amount_from: null,
    salary_amount_to: null,
    salary_currency: null,
    salary_period: null,
    location: {
      raw: 'Vienna, Austria',
      city: null,
      state: null,
      country: 'AT',
      street_1: null,
      street_2: null,
      zip_code: null,
    },
    custom_fields: {},
    integration_fields: [],
    remote_url: null,
    opened_at: at,
    closed_at: null,
    remote_created_at: at,
    remote_updated_at: at,
    contact_id: null,
    remote_data: null,
    changed_at: at,
    remote_deleted_at: null,
    stages: [{ ...stage, status: null, custom_fields: null, remote_data: null, index: 0 }],
    screening_questions: [],
    job_postings: [
      {
        id: '3U7zRzvMw9pKA7Q7hXSmSz1B',
        remote_id: 'am9icG9zdDoxEnPWIcFB4ywd90ZLyb_y',
        title: 'Backend Engineer',
        description_html: '<p>Backend Engineer</p>',
        status: 'ACTIVE',
        visibility: 'PUBLIC',
        url: 'https://jobs.gem.com/nordlicht/1',
        remote_data: null,
      },
    ],
    hiring_team: [{ ...user, hiring_team_roles: ['HIRING_MANAGER'], job_roles: [] }],
  },
  getAtsCandidates: { ...person, applications: [application] },
  getAtsApplications: {
    ...wholeApplication,
    candidate: {
      id: person.id,
      remote_id: person.remote_id,
      first_name: person.first_name,
      last_name: person.last_name,
      email_addresses: [email],
      phone_numbers: [phone],
      social_media: [profile],
      source: 'Company career site',
      remote_url: null,
      tags: [],
    },
    current_stage: { ...stage, status: null, custom_fields: null, index: 4 },
    interviews: [],
    offers: [],
  },
  getAtsInterviews: {
    id: 'CjZWaRnd65M8RuzWBzCvEPto',
    remote_id: 'aW50ZXJ2aWV3OpY3h9t733ckH5CG8r-6wk4',
    title: 'Onsite: system design',
    starting_at: at,
    ending_at: at,
    location: null,
    video_conferencing_url: 'https://meet.example.com/v1x04z0tnh',
    application_id: application.id,
    stage_id: stage.id,
    canceled: false,
    remote_created_at: at,
    remote_updated_at: at,
    remote_data: null,
    changed_at: at,
    remote_deleted_at: null,
    users: [user],
    application: {
      id: application.id,
      remote_id: application.remote_id,
      outcome: 'PENDING',
      rejection_reason_name: null,
      candidate: {
        id: person.id,
        remote_id: person.remote_id,
        first_name: person.first_name,
        last_name: person.last_name,
        email_addresses: [email],
      },
      job,
    },
  },
  getAtsApplicationStages: {
    ...stage,
    status: null,
    custom_fields: null,
    remote_data: null,
    changed_at: at,
    remote_deleted_at: null,
  },
  integrationField: {
    id: 'JDLPuJZQff4kMvUmEQrffpt6',
    key: 'source',
    model: 'ats_applications',
    type: 'DEFAULT',
    label: 'Source',
    is_passthrough_enabled: true,
    is_writable: false,
  },
  customField: {
    id: '21N7WYCmBXAhXjz1XFBVc8sK',
    key: 'source',
    integration_field: {
      id: 'JDLPuJZQff4kMvUmEQrffpt6',
      key: 'source',
      type: 'DEFAULT',
      label: 'Source',
    },
    model: 'ats_applications',
    label: 'Source',
    description: 'The source of this one application.',
  },
  attachment: {
    type: 'CV',
    id: '88FxZn8uhTL5vG3WdCcLxWZt',
    remote_id: 'Q2FuZGlkYXRlOjEwMDAwMDA0/2026-10-03T09:00:00.000Z/cover letter.pdf',
    data_url: 'http://127.0.0.1:4020/files/P5oXSDXTY3MhZxDkJMqpVo',
    file_name: 'cover letter.pdf',
    content_type: 'application/pdf',
    remote_created_at: at,
    remote_updated_at: null,
  },
};

/** What the calls that create answer with. */
export const created = {
  candidate: {
    ...newPerson,
    applications: [{ ...application, current_stage: { ...stage, index: 0 } }],
  },
  application: { ...wholeApplication, candidate: newPerson },
};
