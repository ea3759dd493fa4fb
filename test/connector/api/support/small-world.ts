import type { Rows } from './rows.ts';

/** One job with a posting, a stage, a recruiter, an applicant and an interview; remote ids are `<what>-1`. */
export async function insertSmallWorld({ id, insert }: Rows): Promise<void> {
  await insert('ats_users', 'user-1');
  await insert('ats_jobs', 'job-1', { job_code: 'R1', remote_created_at: '2026-01-10T15:00:00.000Z' });
  await insert('ats_job_postings', 'posting-1', { job_id: id('job-1') });
  await insert('ats_application_stages', 'stage-1');
  await insert('ats_join_jobs_application_stages', 'job-1/stage-1', {
    index: 3,
    job_id: id('job-1'),
    stage_id: id('stage-1'),
  });
  await insert('ats_join_jobs_users', 'job-1/user-1', { job_id: id('job-1'), user_id: id('user-1') });
  await insert('ats_candidates', 'candidate-1', {
    source: 'LinkedIn',
    email_addresses: [{ email_address: 'Grace@Example.com', type: 'PERSONAL' }],
    phone_numbers: [{ phone_number: '+1 555 0100', type: null }],
    social_media: [{ link: 'https://www.linkedin.com/in/grace', type: 'LINKEDIN', username: 'grace' }],
  });
  await insert('ats_applications', 'application-1', {
    job_id: id('job-1'),
    candidate_id: id('candidate-1'),
    current_stage_id: id('stage-1'),
    custom_fields: { source: 'LinkedIn' },
    remote_created_at: '2026-01-11T15:00:00.000Z',
  });
  await insert('ats_interviews', 'interview-1', {
    application_id: id('application-1'),
    stage_id: id('stage-1'),
    canceled: false,
    starting_at: '2026-02-01T10:00:00.000Z',
  });
  await insert('ats_join_interviews_users', 'interview-1/user-1', {
    interview_id: id('interview-1'),
    user_id: id('user-1'),
  });
}
