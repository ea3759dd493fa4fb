import { expect, test } from 'vitest';
import { unifiedDescription } from '../../../contracts/unified.ts';
import { startApi } from './support/api.ts';
import { insertSmallWorld } from './support/small-world.ts';

const lists = [
  ['users', 'User'],
  ['jobs', 'Job'],
  ['candidates', 'Candidate'],
  ['applications', 'Application'],
  ['interviews', 'Interview'],
  ['application-stages', 'ApplicationStage'],
] as const;

test.each(lists)('/ats/%s shows every key of %s in the described order', async (path, schema) => {
  const { list, rows } = await startApi();
  await insertSmallWorld(rows);
  const [item] = await list(`/v1/ats/${path}`);
  expect(Object.keys(item ?? {})).toEqual(keysOf(schema));
});

test('a job shows its stages, postings and team', async () => {
  const { list, rows } = await startApi();
  await insertSmallWorld(rows);
  const [job] = await list('/v1/ats/jobs');
  expect(job).toMatchObject({
    id: rows.id('job-1'),
    remote_id: 'job-1',
    changed_at: '2026-01-01T00:00:00.000Z',
    remote_created_at: '2026-01-10T15:00:00.000Z',
    screening_questions: [],
    stages: [{ id: rows.id('stage-1'), name: 'Phone screen', status: null, custom_fields: null, index: 3 }],
    job_postings: [
      { id: rows.id('posting-1'), title: 'Engineer wanted', status: 'ACTIVE', visibility: 'PUBLIC' },
    ],
    hiring_team: [
      {
        id: rows.id('user-1'),
        remote_id: 'user-1',
        first_name: expect.any(String),
        last_name: expect.any(String),
        email: 'ada@example.com',
        hiring_team_roles: ['RECRUITER'],
        job_roles: [],
      },
    ],
  });
});

test('a candidate shows applications with stage and job', async () => {
  const { list, rows } = await startApi();
  await insertSmallWorld(rows);
  const [candidate] = await list('/v1/ats/candidates');
  expect(candidate).toMatchObject({
    source: 'LinkedIn',
    tags: [],
    applications: [
      {
        id: rows.id('application-1'),
        current_stage: { id: rows.id('stage-1'), name: 'Phone screen', remote_id: 'stage-1', index: 3 },
        job: { id: rows.id('job-1'), name: 'Engineer', remote_id: 'job-1' },
      },
    ],
  });
});

test('an application shows candidate, stage, job and interviews', async () => {
  const { list, rows } = await startApi();
  await insertSmallWorld(rows);
  const [application] = await list('/v1/ats/applications');
  expect(application).toMatchObject({
    custom_fields: { source: 'LinkedIn' },
    candidate: {
      id: rows.id('candidate-1'),
      email_addresses: [{ email_address: 'Grace@Example.com', type: 'PERSONAL' }],
      phone_numbers: [{ phone_number: '+1 555 0100', type: null }],
      social_media: [{ link: 'https://www.linkedin.com/in/grace', type: 'LINKEDIN', username: 'grace' }],
      source: 'LinkedIn',
      tags: [],
    },
    current_stage: { id: rows.id('stage-1'), index: 3, status: null, custom_fields: null },
    job: { id: rows.id('job-1') },
    interviews: [{ id: rows.id('interview-1'), starting_at: '2026-02-01T10:00:00.000Z', canceled: false }],
    offers: [],
  });
});

test('an interview shows interviewers and its application', async () => {
  const { list, rows } = await startApi();
  await insertSmallWorld(rows);
  const [interview] = await list('/v1/ats/interviews');
  expect(interview).toMatchObject({
    users: [{ id: rows.id('user-1'), email: 'ada@example.com' }],
    application: {
      id: rows.id('application-1'),
      candidate: { id: rows.id('candidate-1'), email_addresses: [{ email_address: 'Grace@Example.com' }] },
      job: { id: rows.id('job-1'), remote_id: 'job-1' },
    },
  });
});

test('a record that refers to nothing known shows null, and lists that are unknown are empty', async () => {
  const { list, rows } = await startApi();
  await rows.insert('ats_applications', 'application-1', {
    job_id: rows.id('gone'),
    candidate_id: rows.id('gone'),
  });
  await rows.insert('ats_interviews', 'interview-1');
  await rows.insert('ats_candidates', 'candidate-1', { email_addresses: null, integration_fields: null });
  const [application] = await list('/v1/ats/applications');
  const [interview] = await list('/v1/ats/interviews');
  const [candidate] = await list('/v1/ats/candidates');
  expect(application).toMatchObject({ job: null, candidate: null, current_stage: null, interviews: [] });
  expect(interview).toMatchObject({ application: null, users: [] });
  expect(candidate).toMatchObject({ applications: [], email_addresses: [], integration_fields: [] });
});

test('an integration shows nothing of another one', async () => {
  const one = await startApi();
  const other = await startApi();
  await insertSmallWorld(one.rows);
  for (const [path] of lists) {
    expect(await one.list(`/v1/ats/${path}`)).toHaveLength(1);
    expect(await other.list(`/v1/ats/${path}`)).toHaveLength(0);
  }
});

function keysOf(schema: string): string[] {
  const keys = ['components', 'schemas', schema, 'properties'];
  const properties = keys.reduce<unknown>(
    (node, key) => (typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined),
    unifiedDescription.document,
  );
  return Object.keys(properties ?? {});
}
