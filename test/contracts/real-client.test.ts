// The official client of the unified API, unmodified, against the connector.
import { Kombo } from '@kombo-api/sdk';
import { beforeAll, describe, expect, test } from 'vitest';
import { readCandidates } from '../support/gem.ts';
import { useBoth } from '../support/both.ts';

const both = useBoth();
let kombo: Kombo;

beforeAll(() => {
  kombo = new Kombo({
    api_key: both.connector.apiKey,
    integration_id: both.integrationId,
    server_url: both.connector.apiUrl,
  });
});

/** Reads every page of a list. */
async function all<Item>(
  pages: PromiseLike<AsyncIterable<{ result: { data: { results: Item[] } } }>>,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of await pages) items.push(...page.result.data.results);
  return items;
}

describe('the official client reads', () => {
  test.each([
    ['users', () => all(kombo.ats.getUsers({ page_size: 5 })), 'users'],
    ['jobs', () => all(kombo.ats.getJobs({ page_size: 5 })), 'jobs'],
    ['candidates', () => all(kombo.ats.getCandidates({ page_size: 5 })), 'candidates'],
    ['applications', () => all(kombo.ats.getApplications({ page_size: 5 })), 'applications'],
    ['interviews', () => all(kombo.ats.getInterviews({ page_size: 5 })), 'scheduled_interviews'],
    ['application stages', () => all(kombo.ats.getApplicationStages({ page_size: 5 })), 'job_stages'],
  ] as const)('every one of the %s, page by page', async (_what, read, resource) => {
    const items = (await read()) as { remote_id: string | null }[];
    const living = [...both.gem.world.store.collection(resource).entries()].flatMap(({ record }) =>
      record.deleted_at === null ? [record.id] : [],
    );
    expect(items.map(({ remote_id }) => remote_id).toSorted()).toEqual(living.toSorted());
  });

  test('the nested postings, stages and hiring team of jobs', async () => {
    const jobs = await all(kombo.ats.getJobs({ name_contains: 'senior backend' }));
    expect(jobs).toHaveLength(1);
    expect(jobs[0]?.job_postings.map(({ status }) => status).toSorted()).toEqual([
      'ACTIVE',
      'ACTIVE',
      'DRAFT',
      'INACTIVE',
    ]);
    expect(jobs[0]?.stages.length).toBe(8);
    expect(jobs[0]?.hiring_team.flatMap(({ hiring_team_roles }) => hiring_team_roles)).toContain(
      'HIRING_MANAGER',
    );
  });
});

describe('the official client creates an application', () => {
  test('which Gem then holds, and which the lists show at once', async () => {
    const [job] = await all(kombo.ats.getJobs({ name_contains: 'Product Designer' }));
    if (!job) throw new Error('the scenario has no such job');
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
        stage_id: job.stages[1]?.id,
        attachments: [
          {
            name: 'cover letter.pdf',
            type: 'COVER_LETTER',
            content_type: 'application/pdf',
            data: Buffer.from('%PDF-1.4 dear all').toString('base64'),
          },
        ],
      },
    });
    expect(warnings).toEqual([]);
    expect(data).toMatchObject({ outcome: 'PENDING', job_id: job.id, current_stage_id: job.stages[1]?.id });

    const inGem = (await readCandidates(both.gem)).find(({ id }) => id === data.candidate?.remote_id);
    expect(inGem).toMatchObject({
      first_name: 'Grace',
      company: 'Navy',
      email_addresses: [{ value: 'grace@example.com', type: 'personal' }],
      attachments: [{ filename: 'cover letter.pdf', type: 'resume' }],
      applications: [{ id: data.remote_id, current_stage: { name: job.stages[1]?.name } }],
    });
    expect(await all(kombo.ats.getApplications({ ids: [data.id] }))).toHaveLength(1);
    expect(await all(kombo.ats.getCandidates({ email: 'GRACE@example.com' }))).toHaveLength(1);
  });
});

describe('the official client is told, by the documented code,', () => {
  test.each([
    ['tags', () => kombo.ats.getTags()],
    ['offers', () => kombo.ats.getOffers()],
    ['rejection reasons', () => kombo.ats.getRejectionReasons()],
    ['roles', () => kombo.ats.getRoles()],
  ])('that there are no %s', async (_model, call) => {
    await expect(call()).rejects.toMatchObject({
      statusCode: 400,
      data$: { error: { code: 'INTEGRATION.MODEL_NOT_AVAILABLE' } },
    });
  });

  const application_id = 'application';
  const candidate_id = 'candidate';
  const attachment = { name: 'cv.pdf', type: 'CV' as const, data_url: 'https://example.com/cv.pdf' };
  test.each([
    [
      'note',
      () =>
        kombo.ats.addApplicationNote({ application_id, body: { content: 'x', content_type: 'PLAIN_TEXT' } }),
    ],
    ['rejection', () => kombo.ats.rejectApplication({ application_id, body: { rejection_reason_id: 'x' } })],
    ['attachment', () => kombo.ats.addApplicationAttachment({ application_id, body: { attachment } })],
    ['attachment', () => kombo.ats.addCandidateAttachment({ candidate_id, body: { attachment } })],
    ['tag', () => kombo.ats.addCandidateTag({ candidate_id, body: { tag: { name: 'x' } } })],
    ['removal of a tag', () => kombo.ats.removeCandidateTag({ candidate_id, body: { tag: { name: 'x' } } })],
  ])('that there is no %s to write', async (_action, call) => {
    await expect(call()).rejects.toMatchObject({
      statusCode: 400,
      data$: { error: { code: 'INTEGRATION.ACTION_NOT_AVAILABLE' } },
    });
  });
});
