import { expect, test } from 'vitest';
import request from 'supertest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { onePagePdf } from '../../../seeds/factories/candidates.ts';
import { read } from '../../support/gem.ts';
import { expectRefusal, jobNamed, now, setScene, type Scene } from '../lifecycle/support.ts';

const pdf = onePagePdf('Ada Lovelace');
const ada = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com' };

test('somebody who applies stands in the first stage with the post, the source of the board and a résumé', async () => {
  const scene = await setScene();
  const post = backendPost(scene);
  const form = { ...ada, job_post_id: post.id, phone: '+44 20 5550 0100', question_17: 'Yes' };
  const { status, body } = await apply(scene, form, { resume: 'cv.pdf' });
  expect(status).toBe(201);
  expect(body).toMatchObject({ job_post_id: post.id });
  const candidate = await scene.candidate(String(body['candidate_id']));
  expect(candidate).toMatchObject({
    first_name: 'Ada',
    last_name: 'Lovelace',
    created_at: now,
    email_addresses: [{ value: 'ada@example.com', type: 'personal', is_primary: true }],
    phone_numbers: [{ value: '+44 20 5550 0100' }],
    attachments: [{ filename: 'cv.pdf', type: 'resume', created_at: now }],
    applications: [
      {
        id: body['application_id'],
        applied_at: now,
        job_post_id: post.id,
        jobs: [{ id: post.job_id }],
        status: 'active',
        source: { public_name: 'Company career site' },
        current_stage: scene.stages(jobNamed(scene, 'Senior Backend Engineer'))[0],
      },
    ],
  });
  const file = await fetch(candidate.attachments[0]?.url ?? '');
  expect(Buffer.from(await file.arrayBuffer())).toEqual(pdf);
});

test('somebody who is known gets another application, and never two to one job', async () => {
  const scene = await setScene();
  const { candidate_id } = await scene.applicant(jobNamed(scene, 'Product Designer'));
  const form = { ...ada, email: 'ADA.1@example.com', job_post_id: backendPost(scene).id };
  expect((await apply(scene, form)).body).toMatchObject({ candidate_id });
  const refused = await expectRefusal(scene, 400, () => apply(scene, form));
  expect(refused).toMatchObject({ errors: { duplicate_candidate: { id: candidate_id } } });
});

test('nobody applies with an incomplete form, to a hidden post, or with a file of another kind', async () => {
  const scene = await setScene();
  const job_post_id = backendPost(scene).id;
  const internal = scene.find('job_posts', ({ external }) => !external).id;
  const wrong: [object, Record<string, string>?][] = [
    [{ ...ada }],
    [{ ...ada, job_post_id, email: 'not an address' }],
    [{ ...ada, job_post_id, nickname: 'Countess' }],
    [{ ...ada, job_post_id: internal }],
    [{ ...ada, job_post_id }, { resume: 'cv.exe' }],
    [{ ...ada, job_post_id }, { photo: 'ada.pdf' }],
  ];
  for (const [form, files] of wrong) {
    expect(await expectRefusal(scene, 422, () => apply(scene, form, files))).toHaveProperty('errors');
  }
});

test('a job that was closed takes no applications through a post that is still up', async () => {
  const scene = await setScene();
  const post = backendPost(scene);
  const { store } = scene.gem.world;
  store.put('jobs', { ...jobNamed(scene, 'Senior Backend Engineer'), status: 'closed' });
  expect(await expectRefusal(scene, 400, () => apply(scene, { ...ada, job_post_id: post.id }))).toMatchObject(
    { code: 400 },
  );
});

test('the board of another team is not found by this key', async () => {
  const scene = await setScene();
  const form = { ...ada, job_post_id: backendPost(scene).id };
  expect(await expectRefusal(scene, 404, () => apply(scene, form, {}, 'nobody'))).toMatchObject({
    code: 404,
  });
});

test('an application to an unlisted post is taken, for its link is all that it takes', async () => {
  const scene = await setScene();
  const post = scene.find('job_posts', ({ title }) => title.includes('by invitation'));
  const { body } = await apply(scene, { ...ada, job_post_id: post.id });
  const rows = await read<GemSchemas['Application'][]>(
    scene.gem,
    `/ats/v0/applications/?job_id=${post.job_id}&per_page=500`,
  );
  expect(rows.at(-1)?.id).toBe(body['application_id']);
});

function backendPost(scene: Scene) {
  return scene.find('job_posts', ({ title, live }) => live && title === 'Senior Backend Engineer');
}

async function apply(
  { gem }: Scene,
  form: object,
  files: Record<string, string> = {},
  board = gem.world.company.vanity,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const prepared = request(gem.url)
    .post(`/job_board/v0/${board}/applications`)
    .set('X-API-Key', gem.apiKey)
    .field({ ...form });
  for (const [part, filename] of Object.entries(files)) prepared.attach(part, pdf, filename);
  const { status, body } = await prepared;
  return { status, body: body as Record<string, unknown> };
}
