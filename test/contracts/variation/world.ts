// A small account that has one of everything that may be sent in another form.

/** A scenario: each optional field is set on one record and unset on another, and something of each kind is deleted. */
export const oneOfEverything = JSON.stringify({
  purpose: 'has one of everything that may be sent in another form',
  extends: 'team',
  records: {
    sources: [{ as: 'meetup', public_name: 'Meetup' }],
    custom_fields: [
      { as: 'notice', field_type: 'application', name: 'Notice period', value_type: 'text' },
      { as: 'band', field_type: 'job', name: 'Band', value_type: 'text' },
    ],
    users: [
      { as: 'gone', first_name: 'Gone', last_name: 'User', deleted_at: '3 days ago', employee_id: null },
    ],
    jobs: [
      {
        as: 'draft',
        name: 'Draft',
        status: 'draft',
        opened_at: null,
        requisition_id: null,
        location_type: 'remote',
        employment_type: 'full_time',
        custom_fields: { Band: 'L4' },
      },
      { as: 'dropped', name: 'Dropped', deleted_at: '3 days ago' },
    ],
    job_posts: [
      { as: 'hidden', job_id: 'draft', title: 'Draft', live: false, first_published_at: null },
      { as: 'dropped-post', job_id: 'backend', title: 'Old', active: false, deleted_at: '3 days ago' },
    ],
    candidates: [
      {
        as: 'ada',
        first_name: 'Ada',
        last_name: 'Lovelace',
        email_addresses: [
          { value: 'ada@example.com', type: 'personal', is_primary: true },
          { value: 'ada@work.example', type: 'work', is_primary: false },
        ],
        phone_numbers: [
          { value: '+1 555 0100', type: 'mobile' },
          { value: '+1 555 0101', type: 'home' },
        ],
        social_media_addresses: ['https://www.linkedin.com/in/ada'],
        educations: ['University of London'],
        employments: [{ company_name: 'Engines', title: null, end_date: null }],
      },
      { as: 'grace', first_name: 'Grace', last_name: 'Hopper', company: null, title: null, is_private: true },
      { as: 'alan', first_name: 'Alan', last_name: 'Turing' },
      { as: 'former', first_name: 'Former', last_name: 'Person', deleted_at: '3 days ago' },
    ],
    attachments: [{ as: 'cv', candidate_id: 'ada', filename: 'cv.pdf', type: 'resume' }],
    applications: [
      {
        as: 'active',
        candidate_id: 'ada',
        job_id: 'backend',
        source_id: 'meetup',
        credited_to: 'ines',
        recruiter_id: 'paula',
        job_post_id: 'backend-post',
        custom_fields: { 'Notice period': '3 months' },
      },
      {
        as: 'bare',
        candidate_id: 'grace',
        job_id: 'backend',
        source_id: null,
        credited_to: null,
        job_post_id: null,
      },
      { as: 'rejected', candidate_id: 'alan', job_id: 'backend', status: 'rejected' },
      {
        as: 'rejected-silently',
        candidate_id: 'ada',
        job_id: 'draft',
        status: 'rejected',
        rejection_reason_id: null,
      },
      { as: 'hired', candidate_id: 'grace', job_id: 'draft', status: 'hired' },
      { as: 'withdrawn', candidate_id: 'alan', job_id: 'draft', deleted_at: '3 days ago' },
    ],
    openings: [{ as: 'seat', job_id: 'draft', opened_at: null }],
    offers: [{ as: 'offer', application_id: 'hired' }],
    scorecards: [
      { as: 'draft-feedback', application_id: 'active', interview_id: 'planned', submitted_at: null },
    ],
    scheduled_interviews: [
      {
        as: 'planned',
        application_id: 'active',
        location: 'Room 5',
        video_conferencing_url: 'https://meet.example/5',
      },
      { as: 'open', application_id: 'bare', location: null, organizer_id: null, external_event_id: null },
      { as: 'called-off', application_id: 'rejected', deleted_at: '3 days ago' },
    ],
  },
});
