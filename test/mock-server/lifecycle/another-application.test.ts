import { describe, expect, test } from 'vitest';
import { expectRefusal, jobNamed, now, setScene, type Scene } from './support.ts';

const pdf = Buffer.from('%PDF-1.4 résumé').toString('base64');

describe('another application of a known person', () => {
  test('starts in the first stage of its job, with its referrer, and stands inside the person', async () => {
    const scene = await setScene();
    const { candidate_id } = await scene.applicant(jobNamed(scene, 'Product Designer'));
    const job = jobNamed(scene, 'Account Executive ');
    const referrer = scene.find('users', ({ first_name }) => first_name === 'Marta');
    const { status, body } = await apply(scene, candidate_id, {
      job_id: job.id,
      source_id: scene.find('sources').id,
      recruiter_id: scene.user_id,
      referrer: { type: 'email', value: referrer.primary_email_address.toUpperCase() },
      attachments: [{ filename: 'cv.pdf', type: 'other', content: pdf }],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      applied_at: now,
      last_activity_at: now,
      status: 'active',
      credited_to: referrer.id,
      recruiter: { id: scene.user_id },
      current_stage: scene.stages(job)[0],
    });
    const candidate = await scene.candidate(candidate_id);
    expect(candidate.applications).toContainEqual(body);
    expect(candidate.attachments).toMatchObject([{ filename: 'cv.pdf', type: 'resume' }]);
  });

  test('is refused while one on the same job is active, and taken once it has ended', async () => {
    const scene = await setScene();
    const job = jobNamed(scene, 'Product Designer');
    const application = await scene.applicant(job);
    const again = () => apply(scene, application.candidate_id, { job_id: job.id });
    const refused = await expectRefusal(scene, 400, again);
    expect(refused).toMatchObject({ errors: { duplicate_candidate: { id: application.candidate_id } } });
    await scene.step(application, 'reject');
    expect((await again()).status).toBe(201);
  });

  test.each([
    ['job_id', { job_id: 'nope' }],
    ['source_id', { source_id: 'nope' }],
    ['initial_stage_id', { initial_stage_id: 'nope' }],
    ['recruiter_id', { recruiter_id: 'nope' }],
    ['coordinator_id', { coordinator_id: 'nope' }],
    ['referrer', { referrer: { type: 'id', value: 'nope' } }],
    ['attachments', { attachments: [{ filename: 'cv.exe', type: 'resume', content: pdf }] }],
    ['user_id', { user_id: 'nope' }],
  ])('is refused with a wrong %s, and nothing is written', async (field, wrong) => {
    const scene = await setScene();
    const { candidate_id } = await scene.applicant(jobNamed(scene, 'Product Designer'));
    const body = { job_id: jobNamed(scene, 'Account Executive ').id, ...wrong };
    const refused = await expectRefusal(scene, 422, () => apply(scene, candidate_id, body));
    expect(refused).toHaveProperty(['errors', 'json', field]);
  });
});

function apply(scene: Scene, candidateId: string, body: object) {
  const path = `/ats/v0/candidates/${candidateId}/applications`;
  return scene.send('POST', path, { user_id: scene.user_id, ...body });
}
