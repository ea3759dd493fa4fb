import { describe, expect, test } from 'vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { read } from '../../support/gem.ts';
import { expectRefusal, jobNamed, now, setScene, type Scene } from './support.ts';

describe('a hire', () => {
  test('keeps the stage and is found by the time of the last activity', async () => {
    const scene = await setScene();
    const application = await scene.applicant(jobNamed(scene, 'Product Designer'));
    scene.clock.advance(60_000);
    const { body } = await scene.step(application, 'hire', { start_date: '2027-01-04' });
    expect(body).toMatchObject({ status: 'hired', current_stage: application.current_stage });
    const query = 'status=hired&last_activity_after=2026-11-20T08:01:00Z';
    expect(await read(scene.gem, `/ats/v0/applications/?${query}`)).toEqual([body]);
  });

  test('clears the stage where the world is switched to it', async () => {
    const scene = await setScene({ switches: { stage_after_hire: 'clear' } });
    const application = await scene.applicant(jobNamed(scene, 'Product Designer'));
    expect((await scene.step(application, 'hire')).body['current_stage']).toBeNull();
  });

  test('fills the opening that it names', async () => {
    const scene = await setScene();
    const [opening] = await openings(scene);
    const application = await scene.applicant(jobNamed(scene, 'Senior Backend Engineer'));
    const [reason] = await read<GemSchemas['CloseReason'][]>(scene.gem, '/ats/v0/close_reasons/');
    const seat = { opening_id: opening?.id, close_reason_id: reason?.id };
    expect((await scene.step(application, 'hire', seat)).status).toBe(200);
    const filled = { ...opening, status: 'closed', closed_at: now, application_id: application.id };
    expect(await read(scene.gem, `/ats/v0/openings/${opening?.id}`)).toEqual(filled);
  });

  test('is refused an opening that is filled, of another job, or not there', async () => {
    const scene = await setScene();
    const [open, closed] = await openings(scene);
    const elsewhere = await scene.applicant(jobNamed(scene, 'Product Designer'));
    const application = await scene.applicant(jobNamed(scene, 'Senior Backend Engineer'));
    const hire = (who: { id: string }, body: object) => () => scene.step(who, 'hire', body);
    expect(await expectRefusal(scene, 422, hire(elsewhere, { opening_id: open?.id }))).toMatchObject({
      code: 422,
    });
    expect(await expectRefusal(scene, 400, hire(application, { opening_id: closed?.id }))).toMatchObject({
      code: 400,
    });
    expect(await expectRefusal(scene, 422, hire(application, { opening_id: 'nope' }))).toMatchObject({
      code: 422,
    });
    const seat = { opening_id: open?.id };
    expect(
      await expectRefusal(scene, 422, hire(application, { ...seat, close_reason_id: 'nope' })),
    ).toMatchObject({ code: 422 });
    const close_reason_id = scene.find('close_reasons').id;
    expect(await expectRefusal(scene, 422, hire(application, { close_reason_id }))).toMatchObject({
      code: 422,
    });
  });
});

/** The scenario's two openings: an open one of the backend job, and a closed one of no job. */
function openings(scene: Scene): Promise<GemSchemas['Opening'][]> {
  return read(scene.gem, '/ats/v0/openings/');
}
