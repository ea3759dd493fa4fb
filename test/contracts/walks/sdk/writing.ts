import { expect } from 'vitest';
import { readCandidates } from '../../../support/gem.ts';
import { all, type Row, type Fixture } from './method.ts';

/** What Gem can be told to do: Gem holds it, and the lists show it at once. */
export const writing = {
  createApplication: async (fixture) => {
    const { both, kombo } = fixture;
    const job = await design(fixture);
    const [, stage] = job.stages;
    const { data, warnings } = await kombo.ats.createApplication({
      job_id: job.id,
      body: {
        candidate: {
          first_name: 'Grace',
          last_name: 'Hopper',
          email_address: 'grace@example.com',
          company: 'Navy',
          title: 'Rear admiral',
          phone_number: '+1-541-754-3010',
          social_links: [{ url: 'https://www.linkedin.com/in/grace-hopper' }],
        },
        stage_id: stage?.id,
        attachments: [letter],
      },
    });
    expect(warnings).toEqual([]);
    expect(data).toMatchObject({ outcome: 'PENDING', job_id: job.id, current_stage_id: stage?.id });
    const inGem = (await readCandidates(both.gem)).find(({ id }) => id === data.candidate?.remote_id);
    expect(inGem).toMatchObject({
      first_name: 'Grace',
      company: 'Navy',
      email_addresses: [{ value: 'grace@example.com', type: 'personal' }],
      attachments: [{ filename: 'cover letter.pdf', type: 'resume' }],
      applications: [{ id: data.remote_id, current_stage: { name: stage?.name } }],
    });
    expect(await all(kombo.ats.getApplications({ ids: [data.id] }))).toHaveLength(1);
    expect(await all(kombo.ats.getCandidates({ email: 'GRACE@example.com' }))).toHaveLength(1);
  },

  createCandidate: async (fixture) => {
    const { data } = await create(fixture, 'radia@example.com');
    expect((await inGem(fixture, data.remote_id))?.email_addresses.map(({ value }) => value)).toEqual([
      'radia@example.com',
    ]);
    expect(await all(fixture.kombo.ats.getCandidates({ email: 'radia@example.com' }))).toHaveLength(1);
  },

  moveApplicationToStage: async (fixture) => {
    const { data } = await create(fixture, 'mover@example.com');
    const stage = (await design(fixture)).stages[2];
    const { warnings } = await fixture.kombo.ats.moveApplicationToStage({
      application_id: data.applications[0]?.id ?? '',
      body: { stage_id: stage?.id ?? '' },
    });
    expect(warnings).toEqual([]);
    const [application] = (await inGem(fixture, data.remote_id))?.applications ?? [];
    expect(application?.current_stage?.id).toBe(stage?.remote_id);
  },

  addApplicationResultLink: async (fixture) => {
    const { data } = await create(fixture, 'linked@example.com');
    const application_id = data.applications[0]?.id ?? '';
    await fixture.kombo.ats.addApplicationResultLink({ application_id, body: link });
    expect(notes(fixture, data.remote_id)).toEqual([expect.stringContaining(link.url)]);
  },

  addCandidateResultLink: async (fixture) => {
    const { data } = await create(fixture, 'linked-too@example.com');
    await fixture.kombo.ats.addCandidateResultLink({ candidate_id: data.id, body: link });
    expect(notes(fixture, data.remote_id)).toEqual([expect.stringContaining(link.url)]);
  },

  getApplicationAttachments: async (fixture) => {
    const { data } = await create(fixture, 'files@example.com');
    const application_id = data.applications[0]?.id ?? '';
    const files = await fixture.kombo.ats.getApplicationAttachments({ application_id });
    expect(files.data.results.map(({ file_name: name }) => name)).toEqual(['cover letter.pdf']);
  },

  getCandidateAttachments: async (fixture) => {
    const { data } = await create(fixture, 'more-files@example.com');
    const files = await fixture.kombo.ats.getCandidateAttachments({ candidate_id: data.id });
    expect(files.data.results).toMatchObject([{ candidate_id: data.id, application_id: null }]);
    const content = await fetch(files.data.results[0]?.data_url ?? '');
    expect(await content.text()).toBe('%PDF-1.4 dear all');
  },
} satisfies Record<string, Row>;

const letter = {
  name: 'cover letter.pdf',
  type: 'COVER_LETTER' as const,
  content_type: 'application/pdf',
  data: Buffer.from('%PDF-1.4 dear all').toString('base64'),
};

const link = { label: 'Assessment', url: 'https://results.example.com/1' };

async function design({ kombo }: Fixture) {
  const [job] = await all(kombo.ats.getJobs({ name_contains: 'Product Designer' }));
  if (!job) throw new Error('the scenario has no such job');
  return job;
}

/** Creates a person with an application and a file. */
async function create(fixture: Fixture, email: string) {
  return fixture.kombo.ats.createCandidate({
    candidate: { first_name: 'Radia', last_name: 'Perlman', email_address: email },
    application: { job_id: (await design(fixture)).id },
    attachments: [letter],
  });
}

async function inGem({ both }: Fixture, candidateId: string) {
  return (await readCandidates(both.gem)).find(({ id }) => id === candidateId);
}

function notes({ both }: Fixture, candidateId: string): string[] {
  const all = both.gem.world.store.collection('notes').by('candidate_id', candidateId);
  return all.map(({ body }) => body);
}
