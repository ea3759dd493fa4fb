import { describe, expect, test } from 'vitest';
import { read } from '../../support/gem.ts';
import { expectRefusal, jobNamed, setScene, type Candidate } from './support.ts';

describe('changing a candidate', () => {
  test('changes what is sent, nothing else, and moves its times', async () => {
    const scene = await setScene();
    const { candidate_id } = await scene.applicant(jobNamed(scene, 'Product Designer'));
    const before = await scene.candidate(candidate_id);
    scene.clock.advance(60_000);
    const changes = {
      last_name: 'King',
      company: null,
      is_private: true,
      phone_numbers: [{ type: 'work', value: '+44 20 5550 0100' }],
      social_media_addresses: [],
    };
    const { status, body } = await scene.send('PATCH', `/ats/v0/candidates/${candidate_id}`, changes);
    expect(status).toBe(200);
    const later = '2026-11-20T08:01:00.000Z';
    expect(body).toEqual({ ...before, ...changes, last_activity: later, updated_at: later });
    expect(await scene.candidate(candidate_id)).toEqual(body);
  });

  test('makes every address personal, one of them primary, and finds the person by it', async () => {
    const scene = await setScene();
    const { candidate_id } = await scene.applicant(jobNamed(scene, 'Product Designer'));
    const email_addresses = [
      { value: 'countess@example.com', type: 'work' },
      { value: 'ada@example.net', is_primary: true },
    ];
    const path = `/ats/v0/candidates/${candidate_id}`;
    const { body } = await scene.send('PATCH', path, { email_addresses });
    expect(body['email_addresses']).toEqual([
      { value: 'countess@example.com', type: 'personal', is_primary: false },
      { value: 'ada@example.net', type: 'personal', is_primary: true },
    ]);
    const found = (email: string) => read<Candidate[]>(scene.gem, `/ats/v0/candidates/?email=${email}`);
    expect(await found('countess@example.com')).toEqual([body]);
    expect(await found('ada.1@example.com')).toEqual([]);
    const alone = await scene.send('PATCH', path, { email_addresses: [{ value: 'a@example.com' }] });
    expect(alone.body['email_addresses']).toMatchObject([{ is_primary: true }]);
  });

  test.each([
    [{ tags: ['vip'] }],
    [{ first_name: '' }],
    [{ first_name: null }],
    [{ email_addresses: [{ value: 'not an address' }] }],
    [
      {
        email_addresses: [
          { value: 'a@example.com', is_primary: true },
          { value: 'b@example.com', is_primary: true },
        ],
      },
    ],
  ])('is refused %j', async (body) => {
    const scene = await setScene();
    const { id } = scene.find('candidates');
    expect(
      await expectRefusal(scene, 422, () => scene.send('PATCH', `/ats/v0/candidates/${id}`, body)),
    ).toMatchObject({ code: 422 });
  });
});

describe('deleting a candidate', () => {
  test('leaves tombstones of the person and of their applications, all of one instant', async () => {
    const scene = await setScene();
    const application = await scene.applicant(jobNamed(scene, 'Product Designer'));
    const path = `/ats/v0/candidates/${application.candidate_id}`;
    scene.clock.advance(60_000);
    const deleted_at = '2026-11-20T08:01:00.000Z';
    const sent = await scene.send('DELETE', path);
    expect(sent).toEqual({ status: 204, body: {} });
    expect(await expectRefusal(scene, 404, () => scene.send('DELETE', path))).toMatchObject({ code: 404 });
    const shown = await read<Candidate>(scene.gem, `${path}?include_deleted=true`);
    expect(shown).toMatchObject({ deleted_at, updated_at: deleted_at, applications: [] });
    const since = `include_deleted=true&last_activity_after=${deleted_at}`;
    expect(await read(scene.gem, `/ats/v0/applications/?${since}`)).toEqual([
      { ...application, deleted_at, last_activity_at: deleted_at },
    ]);
    expect(await read(scene.gem, `/ats/v0/applications/?last_activity_after=${deleted_at}`)).toEqual([]);
  });

  test('makes room for somebody new with the same address', async () => {
    const scene = await setScene();
    const job = jobNamed(scene, 'Product Designer');
    const body = { first_name: 'Ada', last_name: 'King', email: 'ada@example.com', job_id: job.id };
    const first = await scene.send('POST', '/ats/v0/candidates/', body);
    await scene.send('DELETE', `/ats/v0/candidates/${String(first.body['id'])}`);
    const second = await scene.send('POST', '/ats/v0/candidates/', body);
    expect(second.status).toBe(201);
    expect(second.body['id']).not.toBe(first.body['id']);
  });
});
