import { expect, onTestFinished, test } from 'vitest';
import { startConnector } from '../../../connector/server.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { someone, useCreates, type Create } from './support/creates.ts';

const { both, post, apply, jobNamed, countAtGem } = useCreates();

test('a created application is in the lists at once, as it was answered', async () => {
  const job = await jobNamed('Product Designer');
  const stage = job.stages[2];
  const { status, data, warnings } = await apply(job.id, {
    ...someone({}, { company: 'CMU', title: 'Professor', phone_number: '+1 412 555 0100' }),
    ...(stage && { stage_id: stage.id }),
  });
  expect([status, warnings]).toEqual([200, []]);
  expect(data).toMatchObject({
    outcome: 'PENDING',
    job_id: job.id,
    job: { id: job.id, name: job.name },
    current_stage: { id: stage?.id, name: stage?.name, index: stage?.index },
    candidate: {
      first_name: 'Mary',
      company: 'CMU',
      title: 'Professor',
      email_addresses: [{ type: 'PERSONAL' }],
      phone_numbers: [{ phone_number: '+1 412 555 0100' }],
    },
  });
  const { candidate, ...application } = data as unknown as {
    candidate: Record<string, unknown>;
  } & typeof data;
  const [listed] = await both.unifiedList<object>(`/ats/applications?ids=${application.id}`);
  const { current_stage: _stage, job: _job, ...own } = application;
  expect(listed).toMatchObject(own);
  const [person] = await both.unifiedList<object>(`/ats/candidates?ids=${candidate['id']}`);
  expect(person).toMatchObject(candidate);
});

test('a created candidate is answered as the list shows it', async () => {
  const job = await jobNamed('Product Designer');
  const { status, data } = await post('/ats/candidates', { ...someone(), application: { job_id: job.id } });
  expect(status).toBe(200);
  expect(data.applications.map((application) => application.job?.id)).toEqual([job.id]);
  expect(await both.unifiedList(`/ats/candidates?ids=${data.id}`)).toEqual([data]);
});

test.each([
  ['of its own', 'Product Designer'],
  ['of another system', 'Account Executive'],
  ['that is a UUID', 'Chief Financial Officer'],
])('a job can be named by its id at Gem, also one %s', async (_form, name) => {
  const job = await jobNamed(name);
  const { status, data } = await apply(`remote:${job.remote_id}`, someone());
  expect([status, data.job_id]).toEqual([200, job.id]);
});

test('before the first sync, a job is asked for at Gem, and so are its stages', async () => {
  const job = await jobNamed('Product Designer');
  const connector = await startConnector({ ...(await placeOnPostgres()), port: 0, checkAnswers: true });
  onTestFinished(() => connector.close());
  const { gem } = both;
  const { id } = await connector.connect({ gem });
  const send = async (reference: string, body: Create) => {
    const response = await fetch(
      `${connector.apiUrl}/ats/jobs/${encodeURIComponent(reference)}/applications`,
      {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${connector.apiKey}`,
          'X-Integration-Id': id,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify(body),
      },
    );
    return { status: response.status, body: await response.json() };
  };
  expect(await send(`remote:${job.remote_id}`, someone())).toMatchObject({
    status: 200,
    body: { data: { job: null } },
  });
  expect(await send('remote:nothing', someone())).toMatchObject({
    status: 400,
    body: { error: { code: 'PLATFORM.INPUT_INVALID' } },
  });
  const closed = await jobNamed('Office Manager');
  expect(await send(`remote:${closed.remote_id}`, someone())).toMatchObject({
    status: 400,
    body: { error: { code: 'ATS.JOB_CLOSED' } },
  });
  const other = await jobNamed('Account Executive');
  const starting = job.stages[1]?.id ?? '';
  expect(await send(`remote:${job.remote_id}`, someone({ stage_id: starting }))).toMatchObject({
    status: 200,
    body: { data: { current_stage_id: starting, current_stage: null } },
  });
  expect(
    await send(`remote:${job.remote_id}`, someone({ stage_id: other.stages[1]?.id ?? '' })),
  ).toMatchObject({ status: 400, body: { error: { code: 'PLATFORM.INPUT_INVALID' } } });
});

test.each([
  ['an unknown job', '2'.repeat(24), {}, 'PLATFORM.INPUT_INVALID'],
  ['an unknown remote job', 'remote:nothing', {}, 'PLATFORM.INPUT_INVALID'],
  ['a closed job', 'Office Manager', {}, 'ATS.JOB_CLOSED'],
  ['an unknown stage', 'Product Designer', { stage_id: '2'.repeat(24) }, 'PLATFORM.INPUT_INVALID'],
])('%s is refused, and nothing is written', async (_, name, more, code) => {
  const job = /^remote:|^2+$/.test(name) ? name : (await jobNamed(name)).id;
  const before = countAtGem();
  const { status, error } = await apply(job, someone(more));
  expect([status, error.code]).toEqual([400, code]);
  expect(countAtGem()).toBe(before);
});

test('a stage of another job is refused', async () => {
  const [one, other] = [await jobNamed('Product Designer'), await jobNamed('Account Executive')];
  const { status, error } = await apply(one.id, someone({ stage_id: other.stages[0]?.id ?? '' }));
  expect([status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
  expect(error.message).toContain('stage');
});

test('a second application of the same person to the same job is refused, one to another job is not', async () => {
  const [job, other] = [await jobNamed('Product Designer'), await jobNamed('Account Executive')];
  const body = someone();
  const first = await apply(job.id, body);
  const again = await apply(job.id, body);
  const elsewhere = await apply(other.id, body);
  expect([again.status, again.error.code]).toEqual([400, 'ATS.APPLICATION_ALREADY_EXISTS']);
  expect([elsewhere.status, elsewhere.data.candidate_id]).toEqual([200, first.data.candidate_id]);
});

test('a source is found by its id, its name or its key, and an unknown one is a warning', async () => {
  const job = await jobNamed('Product Designer');
  const known = [...both.gem.world.store.collection('sources').entries()].map(({ record }) => record);
  const used = (await both.unifiedList<UnifiedSchemas['Application']>('/ats/applications?page_size=250'))
    .map(({ custom_fields: fields }) => fields?.['source'])
    .find((name) => name !== null);
  const source = known.find(({ public_name: name }) => name === used);
  if (!source) throw new Error('the scenario has no application with a source');

  const name = source.public_name;
  for (const given of [{ id: source.id, name: 'ignored' }, { name }, { unified_key: name.toUpperCase() }]) {
    const { data, warnings } = await apply(job.id, someone({ source: given }));
    expect([data.custom_fields, warnings]).toMatchObject([{ source: name }, []]);
  }
  for (const given of [{ name: 'Nobody knows it' }, { id: 'nothing' }, { unified_key: 'NOTHING' }]) {
    const { status, warnings } = await apply(job.id, someone({ source: given }));
    expect([status, warnings]).toEqual([200, [expect.stringMatching(/^source was not written/)]]);
  }
});

test('input that Gem has no place for is a warning each, and what is empty is none', async () => {
  const job = await jobNamed('Product Designer');
  const { status, warnings, data } = await apply(
    job.id,
    someone(
      {
        sourced_by: { user_id: 'x' },
        gdpr_consent: { given: true },
        remote_fields: {},
        screening_question_answers: [],
      },
      {
        gender: 'OTHER',
        location: { country: 'DE' },
        additional_phone_numbers: [],
        additional_email_addresses: [{ type: 'WORK', email_address: 'work@example.com' }],
        social_links: [
          { url: 'https://mary.example.com' },
          { url: 'https://www.linkedin.com/in/mary-shaw-7' },
          { url: 'https://www.linkedin.com/in/another' },
        ],
      },
    ),
  );
  expect(status).toBe(200);
  expect(warnings.map((warning) => warning.split(' ')[0])).toEqual([
    'candidate.additional_email_addresses',
    'candidate.location',
    'candidate.gender',
    'sourced_by',
    'gdpr_consent',
    'candidate.social_links[0]',
    'candidate.social_links[2]',
  ]);
  expect(JSON.stringify(data.candidate)).not.toContain('work@example.com');
  expect(JSON.stringify(data.candidate)).toContain('mary-shaw-7');
});
