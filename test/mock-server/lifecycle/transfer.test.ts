import { describe, expect, test } from 'vitest';
import { read } from '../../support/gem.ts';
import { expectRefusal, jobNamed, setScene } from './support.ts';

describe('a transfer', () => {
  test('starts in the first stage of the new job, without the old post', async () => {
    const scene = await setScene();
    const to = jobNamed(scene, 'Account Executive ');
    const application = scene.find(
      'applications',
      ({ status, job_id, job_post_id }) => status === 'active' && job_id !== to.id && job_post_id !== null,
    );
    const { body } = await scene.step(application, 'transfer_to_job', { new_job_id: to.id });
    expect(body).toMatchObject({
      jobs: [{ id: to.id, name: to.name }],
      current_stage: scene.stages(to)[0],
      job_post_id: null,
    });
    const rows = await read<{ id: string }[]>(
      scene.gem,
      `/ats/v0/applications/?job_id=${to.id}&per_page=500`,
    );
    expect(rows).toContainEqual(body);
  });

  test('starts where it is told to, if the new job has that stage', async () => {
    const scene = await setScene();
    const [from, to] = [jobNamed(scene, 'Product Designer'), jobNamed(scene, 'Account Executive ')];
    const application = await scene.applicant(from);
    const transfer = (new_stage_id?: string) => () =>
      scene.step(application, 'transfer_to_job', { new_job_id: to.id, new_stage_id });
    expect(await expectRefusal(scene, 422, transfer(scene.stages(from)[1]?.id))).toMatchObject({ code: 422 });
    expect((await transfer(scene.stages(to)[2]?.id)()).body['current_stage']).toEqual(scene.stages(to)[2]);
  });

  test.each([
    ['that is not open', 'Office Manager', 400],
    ['that the person is on already', 'Product Designer', 400],
    ['that is not there', 'nowhere', 422],
  ])('is refused to a job %s', async (_what, name, status) => {
    const scene = await setScene();
    const application = await scene.applicant(jobNamed(scene, 'Product Designer'));
    const new_job_id = name === 'nowhere' ? name : jobNamed(scene, name).id;
    expect(
      await expectRefusal(scene, status, () => scene.step(application, 'transfer_to_job', { new_job_id })),
    ).toMatchObject({ code: status });
  });

  test('is refused to a job on which the person has another active application', async () => {
    const scene = await setScene();
    const [from, to] = [jobNamed(scene, 'Product Designer'), jobNamed(scene, 'Account Executive ')];
    const application = await scene.applicant(from);
    const path = `/ats/v0/candidates/${application.candidate_id}/applications`;
    await scene.send('POST', path, { user_id: scene.user_id, job_id: to.id });
    const refused = await expectRefusal(scene, 400, () =>
      scene.step(application, 'transfer_to_job', { new_job_id: to.id }),
    );
    expect(refused).toHaveProperty('errors.duplicate_candidate');
  });
});
