import { describe, expect, test } from 'vitest';
import { expectEverywhere, expectRefusal, jobNamed, now, setScene, type Scene } from './support.ts';

// Every step in the life of an application: where it starts, and a body that it accepts.
const steps: {
  step: string;
  from: 'active' | 'rejected';
  body: (scene: Scene) => object;
}[] = [
  {
    step: 'move',
    from: 'active',
    body: (scene) => ({ to_stage_id: scene.stages(backend(scene))[3]?.id }),
  },
  {
    step: 'advance',
    from: 'active',
    body: (scene) => ({ from_stage_id: scene.stages(backend(scene))[0]?.id }),
  },
  { step: 'reject', from: 'active', body: reason },
  { step: 'hire', from: 'active', body: () => ({}) },
  {
    step: 'transfer_to_job',
    from: 'active',
    body: (scene) => ({ new_job_id: jobNamed(scene, 'Product Designer').id }),
  },
  { step: 'unreject', from: 'rejected', body: () => ({}) },
  { step: 'change', from: 'rejected', body: reason },
];

describe.each(steps)('the step $step', ({ step, from, body }) => {
  test('shows its result at once, alone and nested, with its time', async () => {
    const scene = await setScene();
    const application = await scene.applicant(backend(scene));
    if (from === 'rejected') await scene.step(application, 'reject');
    scene.clock.advance(60_000);
    const sent = await scene.step(application, step, body(scene));
    expect(sent.status).toBe(200);
    expect(sent.body).toMatchObject({
      id: application.id,
      applied_at: now,
      last_activity_at: '2026-11-20T08:01:00.000Z',
    });
    await expectEverywhere(scene, sent);
  });

  test.each(['active', 'rejected', 'hired'].filter((status) => status !== from))(
    'is refused to an application that is %s, and nothing is written',
    async (status) => {
      const scene = await setScene();
      const application = await scene.applicant(backend(scene));
      if (status !== 'active') await scene.step(application, status === 'hired' ? 'hire' : 'reject');
      const refused = await expectRefusal(scene, 400, () => scene.step(application, step, body(scene)));
      expect(refused['message']).toMatch(from === 'active' ? 'Only an active' : 'Only a rejected');
    },
  );

  test('is refused to a user who is not there, or not any more', async () => {
    const scene = await setScene();
    const application = await scene.applicant(backend(scene));
    if (from === 'rejected') await scene.step(application, 'reject');
    const gone = [...scene.gem.world.store.collection('users').entries()].find(
      ({ record }) => record.deleted_at !== null,
    );
    for (const user_id of ['nobody', gone?.record.id]) {
      const refused = await expectRefusal(scene, 422, () =>
        scene.step(application, step, { ...body(scene), user_id }),
      );
      expect(refused).toHaveProperty('errors.json.user_id', ['User not found.']);
    }
  });

  test('wants to know who acts', async () => {
    const scene = await setScene();
    const application = await scene.applicant(backend(scene));
    const refused = await expectRefusal(scene, 422, () =>
      scene.step(application, step, { ...body(scene), user_id: undefined }),
    );
    expect(refused).toHaveProperty('errors.json.user_id', ['Missing data for required field.']);
  });

  test('finds no deleted application', async () => {
    const scene = await setScene();
    const application = await scene.applicant(backend(scene));
    await scene.send('DELETE', `/ats/v0/candidates/${application.candidate_id}`);
    expect(await expectRefusal(scene, 404, () => scene.step(application, step, body(scene)))).toMatchObject({
      code: 404,
    });
  });
});

function backend(scene: Scene) {
  return jobNamed(scene, 'Senior Backend Engineer');
}

function reason(scene: Scene): object {
  return { rejection_reason_id: scene.find('rejection_reasons').id };
}
