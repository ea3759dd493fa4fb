import { describe, expect, test } from 'vitest';
import request from 'supertest';
import { fixedClock } from '../../../contracts/clock.ts';
import type { GemSchemas } from '../../../contracts/gem.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { read, readCandidates, startGem } from '../../support/gem.ts';

type Candidate = GemSchemas['Candidate'];

const pdf = Buffer.from('%PDF-1.4 résumé').toString('base64');

describe('creating a candidate', () => {
  test('makes a person with one personal address and an application in the first stage', async () => {
    const clock = fixedClock('2026-11-20T08:00:00Z');
    const gem = await startGem({ clock });
    const job = await jobNamed(gem, 'Product Designer');
    const { status, body } = await create(gem, {
      ...ada,
      job_id: job.id,
      title: 'Analyst',
      company: 'Analytical Engines',
      phone_number: '+44 20 5550 0100',
      linkedin_handle: 'ada-lovelace',
      source_id: sourceNamed(gem, 'Indeed'),
      recruiter: { email: 'PRIYA.RAMAN@halden-robotics.example' },
      attachments: [{ filename: 'cv.pdf', type: 'cover_letter', content: pdf }],
    });
    expect(status).toBe(201);
    const now = '2026-11-20T08:00:00.000Z';
    expect(body).toMatchObject({
      first_name: 'Ada',
      email_addresses: [{ value: 'ada@example.com', type: 'personal', is_primary: true }],
      social_media_addresses: [{ value: 'https://www.linkedin.com/in/ada-lovelace' }],
      // Whatever is written to Gem is filed as a résumé.
      attachments: [{ filename: 'cv.pdf', type: 'resume', created_at: now }],
      created_at: now,
      last_activity: now,
      applications: [
        {
          applied_at: now,
          status: 'active',
          jobs: [{ id: job.id }],
          current_stage: { name: 'Application Review' },
          source: { public_name: 'Indeed' },
          recruiter: { email: 'priya.raman@halden-robotics.example' },
        },
      ],
    });
    expect(await read(gem, `/ats/v0/candidates/${body.id}`)).toEqual(body);
    expect((await readCandidates(gem)).at(-1)?.id).toBe(body.id);
  });

  test('reuses a person with the same address in any case, and adds an application', async () => {
    const gem = await startGem();
    const [first, second] = [await jobNamed(gem, 'Product Designer'), await jobNamed(gem, 'Robotics')];
    const { body: one } = await create(gem, { ...ada, job_id: first.id });
    const { status, body: two } = await create(gem, { ...ada, email: 'ADA@example.com', job_id: second.id });
    expect(status).toBe(201);
    expect(two.id).toBe(one.id);
    expect(two.applications).toHaveLength(2);
  });

  test('reuses a person with the same LinkedIn handle', async () => {
    const gem = await startGem();
    const [first, second] = [await jobNamed(gem, 'Product Designer'), await jobNamed(gem, 'Robotics')];
    const { body: one } = await create(gem, { ...ada, job_id: first.id, linkedin_handle: 'ada' });
    const { body: two } = await create(gem, {
      ...ada,
      email: 'other@example.com',
      job_id: second.id,
      linkedin_handle: 'Ada',
    });
    expect(two.id).toBe(one.id);
  });

  test('makes a second person where the world is switched to it', async () => {
    const gem = await startGem({ switches: { same_person: 'create' } });
    const job = await jobNamed(gem, 'Product Designer');
    const { body: one } = await create(gem, { ...ada, job_id: job.id });
    const { body: two } = await create(gem, { ...ada, job_id: job.id });
    expect(two.id).not.toBe(one.id);
  });

  test('refuses a second active application to the same job, naming the person', async () => {
    const gem = await startGem();
    const job = await jobNamed(gem, 'Product Designer');
    const { body: person } = await create(gem, { ...ada, job_id: job.id });
    const refused = await create(gem, { ...ada, job_id: job.id });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      code: 400,
      status: 'Bad Request',
      errors: { duplicate_candidate: { id: person.id } },
    });
    expect((await read<Candidate>(gem, `/ats/v0/candidates/${person.id}`)).applications).toHaveLength(1);
  });

  test.each([
    ['job_id', { job_id: 'nope' }],
    ['source_id', { source_id: 'nope' }],
    ['initial_stage_id', { initial_stage_id: 'nope' }],
    ['recruiter', { recruiter: { user_id: 'nope' } }],
    ['attachments', { attachments: [{ filename: 'cv.exe', type: 'resume', content: pdf }] }],
    ['attachments', { attachments: [{ filename: 'cv.pdf', type: 'resume', content: '***' }] }],
    ['email', { email: 'not an address' }],
    ['phone_number', { phone_number: 'x'.repeat(256) }],
    ['user_id', { user_id: 'somebody' }],
  ])('refuses a wrong %s and writes nothing', async (field, wrong) => {
    const gem = await startGem();
    const job = await jobNamed(gem, 'Product Designer');
    const before = await readCandidates(gem);
    const refused = await create(gem, { ...ada, job_id: job.id, ...wrong });
    expect(refused.status).toBe(422);
    expect(refused.body).toHaveProperty(['errors', 'json', field]);
    expect(await readCandidates(gem)).toEqual(before);
  });

  test.each(['Office Manager', 'Data Analyst', 'Working Student'])(
    'refuses the job "%s", which is not open',
    async (name) => {
      const gem = await startGem();
      const refused = await create(gem, { ...ada, job_id: (await jobNamed(gem, name)).id });
      expect(refused.status).toBe(400);
    },
  );
});

describe('uploading a résumé', () => {
  test('adds a file that its link gives back, byte for byte', async () => {
    const gem = await startGem();
    const [candidate] = await readCandidates(gem);
    const [user] = await read<GemSchemas['TeamUser'][]>(gem, '/v0/users');
    const content = Buffer.from('%PDF-1.4 ünïcode');
    const response = await request(gem.url)
      .post(`/v0/candidates/${candidate?.id}/uploaded_resumes/${user?.id}`)
      .set('X-API-Key', gem.apiKey)
      .attach('resume_file', content, 'Lebenslauf.pdf');
    expect(response.status).toBe(201);
    const resume = response.body as GemSchemas['UploadedResume'];
    expect(resume).toMatchObject({
      candidate_id: candidate?.id,
      user_id: user?.id,
      filename: 'Lebenslauf.pdf',
    });
    expect(Buffer.from(await (await fetch(resume.download_url)).arrayBuffer())).toEqual(content);
    const after = await read<Candidate>(gem, `/ats/v0/candidates/${candidate?.id}`);
    expect(after.attachments.at(-1)).toMatchObject({ filename: 'Lebenslauf.pdf', type: 'resume' });
    expect(await read(gem, `/v0/candidates/${candidate?.id}/uploaded_resumes`)).toContainEqual(resume);
  });

  test.each([
    ['a picture', 'me.png', Buffer.from('x')],
    ['a file above ten megabytes', 'big.pdf', Buffer.alloc(10 * 1024 * 1024 + 1)],
  ])('refuses %s', async (_what, name, content) => {
    const gem = await startGem();
    const [candidate] = await readCandidates(gem);
    const [user] = await read<GemSchemas['TeamUser'][]>(gem, '/v0/users');
    const response = await request(gem.url)
      .post(`/v0/candidates/${candidate?.id}/uploaded_resumes/${user?.id}`)
      .set('X-API-Key', gem.apiKey)
      .attach('resume_file', content, name);
    expect([413, 422]).toContain(response.status);
    expect(await read(gem, `/ats/v0/candidates/${candidate?.id}`)).toEqual(candidate);
  });
});

describe('a link to an attachment', () => {
  test('opens only with its signature, and only for its time', async () => {
    const clock = fixedClock('2026-11-20T08:00:00Z');
    const gem = await startGem({ clock, switches: { attachment_link_seconds: 60 } });
    const link = (await readCandidates(gem)).flatMap(({ attachments }) => attachments)[0]?.url ?? '';
    expect((await fetch(link)).status).toBe(200);
    expect((await fetch(link.replace(/signature=.*/, 'signature=forged'))).status).toBe(403);
    clock.advance(121_000);
    expect((await fetch(link)).status).toBe(403);
    const renewed = (await readCandidates(gem)).flatMap(({ attachments }) => attachments)[0]?.url ?? '';
    expect((await fetch(renewed)).status).toBe(200);
  });
});

describe('what happens to an application', () => {
  test('moves its stage and the times of application and candidate', async () => {
    const clock = fixedClock('2026-11-20T08:00:00Z');
    const gem = await startGem({ clock });
    const { application, stages, user } = await activeApplication(gem);
    const response = await request(gem.url)
      .post(`/ats/v0/applications/${application.id}/move`)
      .set('X-API-Key', gem.apiKey)
      .send({
        to_stage_id: stages.at(-1)?.id,
        user_id: user.id,
        from_stage_id: application.current_stage?.id,
      });
    const now = '2026-11-20T08:00:00.000Z';
    expect(response.body).toMatchObject({
      current_stage: { name: stages.at(-1)?.name },
      last_activity_at: now,
    });
    const candidate = await read<Candidate>(gem, `/ats/v0/candidates/${application.candidate_id}`);
    expect(candidate).toMatchObject({ last_activity: now, updated_at: now });
    expect(candidate.applications).toContainEqual(response.body);
  });

  test('is refused when the stage it starts from is stale, or the stage is of another job', async () => {
    const gem = await startGem();
    const { application, stages, user, otherStages } = await activeApplication(gem);
    const move = (body: object) =>
      request(gem.url)
        .post(`/ats/v0/applications/${application.id}/move`)
        .set('X-API-Key', gem.apiKey)
        .send({ user_id: user.id, ...body });
    expect((await move({ to_stage_id: stages.at(-1)?.id, from_stage_id: 'stale' })).status).toBe(400);
    expect((await move({ to_stage_id: otherStages[0]?.id })).status).toBe(422);
    expect(await read(gem, `/ats/v0/applications/${application.id}`)).toEqual(application);
  });

  test('changes its source everywhere it is shown', async () => {
    const gem = await startGem();
    const { application } = await activeApplication(gem);
    const source_id = sourceNamed(gem, 'Robotics meetup');
    const response = await request(gem.url)
      .patch(`/ats/v0/applications/${application.id}`)
      .set('X-API-Key', gem.apiKey)
      .send({ source_id });
    expect(response.body).toMatchObject({ source: { id: source_id, public_name: 'Robotics meetup' } });
    const candidate = await read<Candidate>(gem, `/ats/v0/candidates/${application.candidate_id}`);
    expect(candidate.applications).toContainEqual(response.body);
  });
});

const ada = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com' };

async function create(gem: MockGem, body: object): Promise<{ status: number; body: Candidate }> {
  const response = await request(gem.url).post('/ats/v0/candidates/').set('X-API-Key', gem.apiKey).send(body);
  return { status: response.status, body: response.body as Candidate };
}

async function jobNamed(gem: MockGem, beginning: string): Promise<GemSchemas['Job']> {
  const jobs = await read<GemSchemas['Job'][]>(gem, '/ats/v0/jobs/?per_page=500');
  const job = jobs.find(({ name }) => name.startsWith(beginning));
  if (!job) throw new Error(`the scenario has no job "${beginning}"`);
  return job;
}

/** Sources have no evidenced listing; the world itself is asked. */
function sourceNamed({ world }: MockGem, name: string): string {
  for (const { record } of world.store.collection('sources').entries())
    if (record.public_name === name) return record.id;
  throw new Error(`the scenario has no source "${name}"`);
}

async function activeApplication(gem: MockGem) {
  const [application] = await read<GemSchemas['Application'][]>(gem, '/ats/v0/applications/?status=active');
  const [user] = await read<GemSchemas['TeamUser'][]>(gem, '/v0/users');
  if (!application || !user) throw new Error('the scenario has no active application');
  const jobId = application.jobs[0]?.id;
  const all = await read<GemSchemas['JobStage'][]>(gem, '/ats/v0/job_stages/?per_page=500');
  const stages = await read<GemSchemas['JobStage'][]>(gem, `/ats/v0/jobs/${jobId}/stages`);
  return { application, user, stages, otherStages: all.filter(({ job_id }) => job_id !== jobId) };
}
