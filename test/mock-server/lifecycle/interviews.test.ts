import { describe, expect, test } from 'vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { read } from '../../support/gem.ts';
import { expectRefusal, jobNamed, now, setScene, type Application, type Scene } from './support.ts';

const later = '2026-11-20T08:01:00.000Z';

describe('scheduling an interview', () => {
  test('takes its kind from the stages of the job and its organizer from the user', async () => {
    const { scene, application, definition, body } = await appointment();
    scene.clock.advance(60_000);
    const priya = scene.find('users', ({ first_name }) => first_name === 'Priya');
    const address = priya.primary_email_address.toUpperCase();
    const interviewers = [
      { email: address, response_status: 'accepted' },
      { user_id: scene.user_id, response_status: 'needs_action' },
    ];
    const sent = await scene.send('POST', path, { ...body, interviewers, location: 'Room 3' });
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({
      application_id: application.id,
      candidate_id: application.candidate_id,
      interview: { id: definition.id, name: definition.name },
      job_stage_interview_item_id: definition.item_id,
      start: { date_time: '2026-12-01T09:00:00.000Z' },
      end: { date_time: '2026-12-01T09:45:00.000Z' },
      status: 'scheduled',
      organizer: { id: scene.user_id },
      interviewers: [
        { id: priya.id, response_status: 'accepted', scorecard_id: null },
        { id: scene.user_id, response_status: 'needs_action', scorecard_id: null },
      ],
      location: 'Room 3',
      created_at: later,
    });
    expect(await read(scene.gem, `${path}${String(sent.body['id'])}`)).toEqual(sent.body);
    expect(await ofApplication(scene, application)).toEqual([sent.body]);
    expect((await scene.application(application.id)).last_activity_at).toBe(later);
    expect((await scene.candidate(application.candidate_id)).last_activity).toBe(later);
  });

  test.each([
    ['user_id', { user_id: 'nobody' }],
    ['application_id', { application_id: 'nothing' }],
    ['interview_id', { interview_id: 'nothing' }],
    ['end', { end: '2026-12-01T09:00:00Z' }],
    ['interviewers', { interviewers: [{ user_id: 'nobody', response_status: 'accepted' }] }],
    ['interviewers', { interviewers: [{ response_status: 'accepted' }] }],
    ['interviewers', { interviewers: [] }],
    ['external_event_id', { external_event_id: undefined }],
  ])('is refused with a wrong %s: %j', async (field, wrong) => {
    const { scene, body } = await appointment();
    const refused = await expectRefusal(scene, 422, () => scene.send('POST', path, { ...body, ...wrong }));
    expect(refused).toHaveProperty(['errors', 'json', field]);
  });

  test('is refused for an application that has ended, and for an event that has an interview', async () => {
    const { scene, application, body } = await appointment();
    await scene.send('POST', path, body);
    expect(await expectRefusal(scene, 400, () => scene.send('POST', path, body))).toMatchObject({
      message: 'Another interview has this external_event_id.',
    });
    await scene.step(application, 'reject');
    const another = { ...body, external_event_id: 'event-2' };
    expect(await expectRefusal(scene, 400, () => scene.send('POST', path, another))).toMatchObject({
      code: 400,
    });
  });
});

describe('changing an interview', () => {
  test('changes what is sent and keeps the scorecards of who stays', async () => {
    const { scene, interview } = await scheduled();
    const { store } = scene.gem.world;
    const held = store.get('scheduled_interviews', interview.id);
    if (!held) throw new Error('no interview was stored');
    const interviewers = held.interviewers.map((one) => ({ ...one, scorecard_id: 'scorecard-1' }));
    store.put('scheduled_interviews', { ...held, interviewers });
    scene.clock.advance(60_000);
    const other = scene.find('users', ({ id }) => id !== scene.user_id);
    const { status, body } = await scene.send('PATCH', `${path}${interview.id}`, {
      user_id: other.id,
      start: '2026-12-02T09:00:00+01:00',
      end: '2026-12-02T10:00:00+01:00',
      interviewers: [
        { user_id: other.id, response_status: 'tentative' },
        { user_id: scene.user_id, response_status: 'accepted' },
      ],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      location: interview.location,
      external_event_id: interview.external_event_id,
      start: { date_time: '2026-12-02T08:00:00.000Z' },
      organizer: { id: other.id },
      interviewers: [{ scorecard_id: null }, { scorecard_id: 'scorecard-1', response_status: 'accepted' }],
      created_at: now,
      updated_at: later,
    });
  });

  test('is refused when it would end before it starts', async () => {
    const { scene, interview } = await scheduled();
    const wrong = { user_id: scene.user_id, end: '2026-12-01T08:59:00Z' };
    expect(
      await expectRefusal(scene, 422, () => scene.send('PATCH', `${path}${interview.id}`, wrong)),
    ).toHaveProperty('errors.json.end');
  });
});

test('a cancelled interview is a tombstone and frees its event', async () => {
  const { scene, application, interview, body } = await scheduled();
  scene.clock.advance(60_000);
  expect(await scene.send('DELETE', `${path}${interview.id}`)).toEqual({ status: 204, body: {} });
  expect(await ofApplication(scene, application)).toEqual([]);
  const gone = await read<object>(scene.gem, `${path}${interview.id}?include_deleted=true`);
  expect(gone).toEqual({ ...interview, deleted_at: later, updated_at: later });
  expect((await scene.application(application.id)).last_activity_at).toBe(later);
  expect((await scene.send('POST', path, body)).status).toBe(201);
});

describe.each(['PATCH', 'DELETE'] as const)('%s of an interview', (method) => {
  const change = (scene: Scene, id: string) => () =>
    scene.send(method, `${path}${id}`, method === 'PATCH' ? { user_id: scene.user_id } : undefined);

  test('is refused once it is complete', async () => {
    const scene = await setScene();
    const { id } = scene.find('scheduled_interviews', ({ status }) => status === 'complete');
    expect(await expectRefusal(scene, 400, change(scene, id))).toMatchObject({
      message: 'The interview is complete.',
    });
  });

  test('is refused once the application has ended', async () => {
    const { scene, application, interview } = await scheduled();
    await scene.step(application, 'hire');
    expect(await expectRefusal(scene, 400, change(scene, interview.id))).toMatchObject({ code: 400 });
  });
});

const path = '/ats/v0/scheduled_interviews/';

/** All that it takes to schedule an interview of somebody new. */
async function appointment() {
  const scene = await setScene();
  const job = jobNamed(scene, 'Senior Backend Engineer');
  const application = await scene.applicant(job);
  const stage = scene.find(
    'job_stages',
    ({ job_id, interviews }) => job_id === job.id && interviews.length > 0,
  );
  const [definition] = stage.interviews;
  if (!definition) throw new Error('the stage defines no interview');
  const body = {
    user_id: scene.user_id,
    application_id: application.id,
    interview_id: definition.id,
    interviewers: [{ user_id: scene.user_id, response_status: 'needs_action' }],
    start: '2026-12-01T09:00:00Z',
    end: '2026-12-01T09:45:00Z',
    external_event_id: 'event-1',
  };
  return { scene, application, definition, body };
}

async function scheduled() {
  const all = await appointment();
  const { body } = await all.scene.send('POST', path, all.body);
  return { ...all, interview: body as unknown as GemSchemas['ScheduledInterview'] };
}

function ofApplication({ gem }: Scene, { id }: Application) {
  return read<GemSchemas['ScheduledInterview'][]>(gem, `/ats/v0/applications/${id}/scheduled_interviews`);
}
