import { describe, expect, test } from 'vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { read } from '../../support/gem.ts';
import { expectRefusal, jobNamed, now, setScene } from './support.ts';

describe('a rejection', () => {
  test('keeps the stage and tells its time and reason, until it is taken back', async () => {
    const scene = await setScene();
    const job = jobNamed(scene, 'Product Designer');
    const application = await scene.applicant(job);
    const [reason, other] = await read<GemSchemas['RejectionReason'][]>(
      scene.gem,
      '/ats/v0/rejection_reasons/',
    );
    const { body } = await scene.step(application, 'reject', { rejection_reason_id: reason?.id });
    expect(body).toMatchObject({
      status: 'rejected',
      rejected_at: now,
      rejection_reason: reason,
      current_stage: application.current_stage,
    });
    scene.clock.advance(60_000);
    const changed = await scene.step(application, 'change', { rejection_reason_id: other?.id });
    expect(changed.body).toMatchObject({ rejected_at: now, rejection_reason: other });
    const undone = await scene.step(application, 'unreject');
    expect(undone.body).toEqual({ ...application, last_activity_at: '2026-11-20T08:01:00.000Z' });
  });

  test('needs no reason, but no other than a known one', async () => {
    const scene = await setScene();
    const application = await scene.applicant(jobNamed(scene, 'Product Designer'));
    const wrong = { rejection_reason_id: 'nope', notes: 'Not to be kept.' };
    expect(await expectRefusal(scene, 422, () => scene.step(application, 'reject', wrong))).toMatchObject({
      code: 422,
    });
    const { body } = await scene.step(application, 'reject', {
      rejection_email: { email_template_id: '1', send_email_at: now },
    });
    expect(body).not.toHaveProperty('rejection_reason');
  });

  test('keeps its notes in the feed of the candidate', async () => {
    const scene = await setScene();
    const application = await scene.applicant(jobNamed(scene, 'Product Designer'));
    await scene.step(application, 'reject', { notes: 'A close call.' });
    const feed = await read<GemSchemas['ActivityFeed']>(
      scene.gem,
      `/ats/v0/candidates/${application.candidate_id}/activity_feed`,
    );
    expect(feed.notes).toMatchObject([
      { body: 'A close call.', created_at: now, user: { id: scene.user_id } },
    ]);
  });

  test('is not taken back once the person is active on the job again', async () => {
    const scene = await setScene();
    const job = jobNamed(scene, 'Product Designer');
    const application = await scene.applicant(job);
    await scene.step(application, 'reject');
    const again = { user_id: scene.user_id, job_id: job.id };
    const path = `/ats/v0/candidates/${application.candidate_id}/applications`;
    expect((await scene.send('POST', path, again)).status).toBe(201);
    const refused = await expectRefusal(scene, 400, () => scene.step(application, 'unreject'));
    expect(refused).toMatchObject({ errors: { duplicate_candidate: { id: application.candidate_id } } });
  });
});
