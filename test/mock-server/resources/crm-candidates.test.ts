import { describe, expect, test } from 'vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { read } from '../../support/gem.ts';
import { expectRefusal, jobNamed, now, setScene, type Scene } from '../lifecycle/support.ts';

type Person = GemSchemas['CrmCandidate'];
const seconds = Date.parse(now) / 1000;
const path = '/v0/candidates';

describe('creating a candidate in the CRM', () => {
  test('makes a person whom the ATS knows too, without an application', async () => {
    const scene = await setScene();
    const { status, body } = await create(scene, {
      first_name: 'Ada',
      last_name: null,
      nickname: 'Countess',
      emails: [{ email_address: 'ada@example.net' }, { email_address: 'a@example.com', is_primary: true }],
      linked_in_handle: 'ada-lovelace',
      profile_urls: ['https://github.com/ada'],
      phone_number: '+44 20 5550 0100',
      location: 'London',
      sourced_from: 'hireEZ',
      education_info: [{ school: 'Home', degree: null }],
      work_info: [{ company: 'Analytical Engines', title: 'Analyst', is_current: true }],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      first_name: 'Ada',
      last_name: null,
      nickname: 'Countess',
      location: 'London',
      school: 'Home',
      created_at: seconds,
      last_updated_at: seconds,
      created_by: scene.user_id,
      emails: [
        { email_address: 'ada@example.net', is_primary: false },
        { email_address: 'a@example.com', is_primary: true },
      ],
      linked_in_handle: 'ada-lovelace',
      profiles: [
        { network: 'linkedin', url: 'https://www.linkedin.com/in/ada-lovelace', username: 'ada-lovelace' },
        { network: 'github', url: 'https://github.com/ada', username: 'ada' },
      ],
      work_info: [{ company: 'Analytical Engines', title: 'Analyst', is_current: true }],
      sourced_from: 'hireEZ',
      gem_source: 'hireEZ',
      project_ids: [],
      due_date: null,
    });
    const person = await scene.candidate(String(body['id']));
    expect(person).toMatchObject({ first_name: 'Ada', last_name: '', applications: [], created_at: now });
    expect(person.email_addresses.map(({ type }) => type)).toEqual(['personal', 'personal']);
  });

  test('refuses a LinkedIn handle that is taken, in any case, and names who has it', async () => {
    const scene = await setScene();
    const { body } = await create(scene, { linked_in_handle: 'ada-lovelace' });
    const again = () => create(scene, { linked_in_handle: 'Ada-Lovelace' });
    expect(await expectRefusal(scene, 400, again)).toMatchObject({
      errors: { duplicate_candidate: { id: body['id'], linked_in_handle: 'ada-lovelace' } },
    });
  });

  test('does not look at e-mail addresses', async () => {
    const scene = await setScene();
    const emails = [{ email_address: 'ada@example.com' }];
    const [one, two] = [await create(scene, { emails }), await create(scene, { emails })];
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(one.body['id']).not.toBe(two.body['id']);
  });

  test.each([
    ['created_by', { created_by: 'nobody' }],
    ['autofill', { autofill: true }],
    ['project_ids', { project_ids: ['UHJvamVjdDox'] }],
    ['nickname', { nickname: 'x'.repeat(256) }],
    [
      'emails',
      {
        emails: ['a@example.com', 'b@example.com'].map((email_address) => ({
          email_address,
          is_primary: true,
        })),
      },
    ],
  ])('is refused with a wrong %s', async (field, wrong) => {
    const scene = await setScene();
    const refused = await expectRefusal(scene, 422, () => create(scene, wrong));
    expect(refused).toHaveProperty(['errors', 'json', field]);
  });
});

describe('changing a candidate in the CRM', () => {
  test('changes what is sent and nothing else; the handle survives new profiles', async () => {
    const scene = await setScene();
    const { body } = await create(scene, { linked_in_handle: 'ada', first_name: 'Ada', school: 'Home' });
    scene.clock.advance(60_000);
    const due_date = { date: '2027-01-04', user_id: scene.user_id };
    const changes = { first_name: null, title: 'Analyst', profile_urls: ['https://x.com/ada'], due_date };
    const sent = await put(scene, body, changes);
    expect(sent.status).toBe(200);
    expect(sent.body).toEqual({
      ...body,
      first_name: null,
      title: 'Analyst',
      last_updated_at: seconds + 60,
      profiles: [
        expect.objectContaining({ network: 'linkedin', username: 'ada' }),
        { network: 'x', url: 'https://x.com/ada', username: 'ada' },
      ],
      due_date: { ...due_date, note: null },
    });
    expect(await read(scene.gem, `${path}/${String(body['id'])}`)).toEqual(sent.body);
  });

  test('is refused a handle, for that is no field of it, and a due date of nobody', async () => {
    const scene = await setScene();
    const { body } = await create(scene, {});
    const due_date = { date: '2027-01-04', user_id: 'nobody' };
    for (const wrong of [{ linked_in_handle: 'ada' }, { due_date }]) {
      expect(await expectRefusal(scene, 422, () => put(scene, body, wrong))).toHaveProperty('errors.json');
    }
  });
});

describe('custom fields of a candidate', () => {
  test('are written by id, sent with their definition, and taken away by null', async () => {
    const scene = await setScene();
    const [seniority, talk, languages] = ['Seniority', 'Next talk', 'Languages'].map((name) =>
      scene.find('custom_fields', (field) => field.name === name),
    );
    const { body } = await create(scene, {
      custom_fields: [
        { custom_field_id: seniority?.id, value: 'Senior' },
        { custom_field_id: talk?.id, value: '2027-01-04' },
        { custom_field_id: languages?.id, value: ['English', '日本語'] },
      ],
    });
    const team = { scope: 'team', project_id: null };
    expect(body['custom_fields']).toMatchObject([
      { ...team, name: 'Seniority', value: 'Senior', value_option_ids: [seniority?.options[1]?.id] },
      { ...team, name: 'Next talk', value: '2027-01-04', value_type: 'date', value_option_ids: null },
      { ...team, name: 'Languages', value: ['English', '日本語'], value_type: 'multi_select' },
    ]);
    const sent = await put(scene, body, { custom_fields: [{ custom_field_id: talk?.id, value: null }] });
    expect(sent.body['custom_fields']).toMatchObject([{ name: 'Seniority' }, { name: 'Languages' }]);
  });

  test.each([
    ['Seniority', 'Emperor'],
    ['Seniority', ['Senior']],
    ['Next talk', '2027-02-30'],
    ['Languages', 'English'],
    ['Languages', ['Klingon']],
    ['Salary band', 'L4'],
  ])('%s is refused %j', async (wanted, value) => {
    const scene = await setScene();
    const custom_field_id = scene.find('custom_fields', ({ name }) => name === wanted).id;
    const refused = () => create(scene, { custom_fields: [{ custom_field_id, value }] });
    expect(await expectRefusal(scene, 422, refused)).toHaveProperty('errors.json.custom_fields.0');
  });

  test('are listed by name and by whether they are hidden', async () => {
    const scene = await setScene();
    const fields = (query: string) =>
      read<GemSchemas['CrmCustomField'][]>(scene.gem, `/v0/custom_fields?${query}`);
    expect((await fields('')).map(({ name }) => name).toSorted()).toEqual([
      'Languages',
      'Next talk',
      'Seniority',
    ]);
    expect(await fields('name=%20Seniority%20')).toMatchObject([{ value_type: 'single_select' }]);
    expect(await fields('is_hidden=true')).toEqual([]);
    expect(await fields('scope=project')).toEqual([]);
    const ofJob = scene.find('custom_fields', ({ field_type }) => field_type === 'job').id;
    await expect(read(scene.gem, `/v0/custom_fields/${ofJob}`)).rejects.toThrow('404');
  });
});

describe('listing candidates in the CRM', () => {
  test('finds addresses by a part of them, and handles whole, in any case', async () => {
    const scene = await setScene();
    const { body } = await create(scene, {
      linked_in_handle: 'ada',
      emails: [{ email_address: 'countess.ada@example.net.test' }],
    });
    expect(await list(scene, 'email=ADA@example.net')).toEqual([body]);
    expect(await list(scene, 'linked_in_handle=ADA')).toEqual([body]);
    expect(await list(scene, 'linked_in_handle=ad')).toEqual([]);
    expect(await list(scene, `candidate_ids=${String(body['id'])},nothing`)).toEqual([body]);
  });

  test('takes Unix seconds, the moment itself included after and excluded before', async () => {
    const scene = await setScene();
    const { body } = await create(scene, {});
    expect(await list(scene, `created_after=${seconds}`)).toEqual([body]);
    expect(await list(scene, `created_after=${seconds + 1}`)).toEqual([]);
    expect(await list(scene, `updated_after=${seconds}&created_before=${seconds}`)).toEqual([]);
    expect(await list(scene, 'updated_after=99999999999999')).toEqual([]);
  });

  test('goes from the oldest to the newest, or back, page by page', async () => {
    const scene = await setScene();
    const times = async (query: string) => (await list(scene, query)).map(({ id }) => id);
    const all = await times('sort=asc&page_size=100');
    expect(await times('sort=desc&page_size=100')).toEqual(all.toReversed());
    const pages = [await times('sort=desc&page_size=9'), await times('sort=desc&page_size=9&page=2')];
    expect(pages.flat()).toEqual(all.toReversed().slice(0, 18));
    expect(await times(`sort=desc&page_size=9&page=${all.length}`)).toEqual([]);
    const first = await times('');
    expect(first).toHaveLength(20);
  });

  test('tells by whom they were added, which for an applicant is the first administrator', async () => {
    const scene = await setScene();
    const recruiter = scene.find('users', ({ site_admin }) => !site_admin);
    const { body } = await scene.send('POST', path, { created_by: recruiter.id });
    expect(await list(scene, `created_by=${recruiter.id}`)).toEqual([body]);
    const { candidate_id } = await scene.applicant(jobNamed(scene, 'Product Designer'));
    const admin = scene.find('users', ({ site_admin }) => site_admin).id;
    expect(await read(scene.gem, `${path}/${candidate_id}`)).toMatchObject({ created_by: admin });
  });
});

test('the résumés of a candidate are listed by their time, in either order', async () => {
  const scene = await setScene();
  const { candidate_id } = await scene.applicant(jobNamed(scene, 'Product Designer'));
  const file = { user_id: scene.user_id, type: 'resume', content: Buffer.from('%PDF').toString('base64') };
  for (const filename of ['first.pdf', 'second.pdf']) {
    await scene.send('POST', `/ats/v0/candidates/${candidate_id}/attachments`, { ...file, filename });
    scene.clock.advance(60_000);
  }
  const names = async (query: string) => {
    const rows = await read<GemSchemas['UploadedResume'][]>(
      scene.gem,
      `${path}/${candidate_id}/uploaded_resumes?${query}`,
    );
    return rows.map(({ filename }) => filename);
  };
  expect(await names('')).toEqual(['first.pdf', 'second.pdf']);
  expect(await names('sort=desc')).toEqual(['second.pdf', 'first.pdf']);
  expect(await names(`created_after=${seconds + 60}`)).toEqual(['second.pdf']);
  expect(await names(`created_before=${seconds + 60}`)).toEqual(['first.pdf']);
});

describe('deleting a candidate in the CRM', () => {
  test.each([false, true])('takes the ATS along; contact details gone: %s', async (isErased) => {
    const scene = await setScene();
    const application = await scene.applicant(jobNamed(scene, 'Product Designer'));
    const item = `${path}/${application.candidate_id}`;
    const body = { on_behalf_of_user_id: scene.user_id, permanently_remove_contact_info: isErased };
    expect(await scene.send('DELETE', item, body)).toEqual({ status: 204, body: {} });
    await expect(read(scene.gem, item)).rejects.toThrow('404');
    const tombstone = `/ats/v0/candidates/${application.candidate_id}?include_deleted=true`;
    const person = await read<GemSchemas['Candidate']>(scene.gem, tombstone);
    expect(person.deleted_at).toBe(now);
    expect(person.email_addresses.length).toBe(isErased ? 0 : 1);
    await expect(read(scene.gem, `/ats/v0/applications/${application.id}`)).rejects.toThrow('404');
  });

  test('is refused when it is done by nobody', async () => {
    const scene = await setScene();
    const { id } = scene.find('candidates');
    for (const body of [{}, { on_behalf_of_user_id: 'nobody' }]) {
      expect(
        await expectRefusal(scene, 422, () => scene.send('DELETE', `${path}/${id}`, body)),
      ).toHaveProperty('errors.json.on_behalf_of_user_id');
    }
  });
});

function create(scene: Scene, body: object) {
  return scene.send('POST', path, { created_by: scene.user_id, ...body });
}

/** `PUT`, which the calls of the ATS have no use for. */
async function put({ gem }: Scene, { id }: Record<string, unknown>, body: object) {
  const response = await fetch(`${gem.url}${path}/${String(id)}`, {
    method: 'PUT',
    headers: { 'X-API-Key': gem.apiKey, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function list({ gem }: Scene, query: string): Promise<Person[]> {
  return read<Person[]>(gem, `${path}?${query}`);
}
