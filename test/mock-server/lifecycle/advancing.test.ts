import { describe, expect, test } from 'vitest';
import { expectRefusal, jobNamed, setScene } from './support.ts';

describe('advancing', () => {
  test('goes through every active stage of the job, and not beyond the last', async () => {
    const scene = await setScene();
    const job = jobNamed(scene, 'Senior Backend Engineer');
    const application = await scene.applicant(job);
    const [first, ...others] = scene.stages(job);
    let from_stage_id = first?.id;
    for (const stage of others) {
      const { status, body } = await scene.step(application, 'advance', { from_stage_id });
      expect(status).toBe(200);
      expect(body['current_stage']).toEqual(stage);
      from_stage_id = stage.id;
    }
    const refused = await expectRefusal(scene, 400, () =>
      scene.step(application, 'advance', { from_stage_id }),
    );
    expect(refused['message']).toBe('The application is in the last stage of its job.');
  });

  test('is refused from a stage that the application has left', async () => {
    const scene = await setScene();
    const job = jobNamed(scene, 'Product Designer');
    const application = await scene.applicant(job);
    const from_stage_id = scene.stages(job)[0]?.id;
    await scene.step(application, 'advance', { from_stage_id });
    expect(
      await expectRefusal(scene, 400, () => scene.step(application, 'advance', { from_stage_id })),
    ).toMatchObject({ code: 400 });
  });
});
