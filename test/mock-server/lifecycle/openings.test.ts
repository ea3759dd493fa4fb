import { describe, expect, test } from 'vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { read } from '../../support/gem.ts';
import { expectRefusal, jobNamed, now, setScene, type Scene } from './support.ts';

type Opening = GemSchemas['Opening'];

describe('adding openings to a job', () => {
  test('makes an open seat of each', async () => {
    const { scene, path, user_id } = await job();
    const openings = [{ opening_id: 'R-1', target_hire_date: '2027-01-04' }, { opening_id: null }];
    const { status, body } = await scene.send('POST', path, { user_id, openings });
    expect(status).toBe(201);
    const seat = { status: 'open', opened_at: now, closed_at: null, application_id: null };
    expect(body).toMatchObject([
      { ...seat, opening_id: 'R-1', target_hire_date: '2027-01-04' },
      { ...seat, opening_id: null, target_hire_date: null },
    ]);
    const created = body as unknown as Opening[];
    // Seats of one instant are listed by their ids, which say nothing.
    expect(await read<Opening[]>(scene.gem, path)).toEqual(expect.arrayContaining(created));
  });

  test('goes up to a hundred open ones', async () => {
    const { scene, path, user_id } = await job();
    const openings = Array.from({ length: 100 }, () => ({ opening_id: null }));
    const more = { user_id, openings: [...openings, { opening_id: null }] };
    expect(await expectRefusal(scene, 400, () => scene.send('POST', path, more))).toMatchObject({
      code: 400,
    });
    expect((await scene.send('POST', path, { user_id, openings })).status).toBe(201);
  });
});

describe('changing an opening', () => {
  test('closes it with a reason and opens it again without', async () => {
    const { scene, path, user_id, opening } = await seat();
    const reason = scene.find('close_reasons').id;
    scene.clock.advance(60_000);
    const closed = { user_id, status: 'closed', close_reason_id: reason, opening_id: 'R-9' };
    const { body } = await scene.send('PATCH', `${path}/${opening.id}`, closed);
    const closed_at = '2026-11-20T08:01:00.000Z';
    expect(body).toEqual({ ...opening, opening_id: 'R-9', status: 'closed', closed_at });
    expect(await read(scene.gem, `${path}/${opening.id}`)).toEqual(body);
    const again = await scene.send('PATCH', `${path}/${opening.id}`, { user_id, status: 'open' });
    expect(again.body).toEqual({ ...opening, opening_id: 'R-9' });
  });

  test('is refused a reason without closing, a reason that is not there, and another job', async () => {
    const { scene, path, user_id, opening } = await seat();
    const reason = scene.find('close_reasons').id;
    const change =
      (body: object, at = path) =>
      () =>
        scene.send('PATCH', `${at}/${opening.id}`, { user_id, ...body });
    const wrong = [{ close_reason_id: reason }, { status: 'closed', close_reason_id: 'nope' }];
    for (const body of wrong) {
      expect(await expectRefusal(scene, 422, change(body))).toHaveProperty('errors.json.close_reason_id');
    }
    const elsewhere = `/ats/v0/jobs/${jobNamed(scene, 'Senior Backend Engineer').id}/openings`;
    expect(await expectRefusal(scene, 404, change({}, elsewhere))).toMatchObject({
      message: 'Opening not found.',
    });
  });

  test('does not reopen a seat that a hire has filled', async () => {
    const { scene, path, user_id, opening } = await seat();
    const application = await scene.applicant(jobNamed(scene, 'Product Designer'));
    await scene.step(application, 'hire', { opening_id: opening.id });
    const reopen = () => scene.send('PATCH', `${path}/${opening.id}`, { user_id, status: 'open' });
    expect(await expectRefusal(scene, 400, reopen)).toMatchObject({ code: 400 });
  });
});

test('only closed seats that nobody fills are deleted, and the answer tells them apart', async () => {
  const { scene, path, user_id, opening } = await seat();
  const { body } = await scene.send('POST', path, {
    user_id,
    openings: [{ opening_id: 'spare' }, { opening_id: 'filled' }],
  });
  const [spare, filled] = body as unknown as Opening[];
  await scene.send('PATCH', `${path}/${spare?.id}`, { user_id, status: 'closed' });
  const application = await scene.applicant(jobNamed(scene, 'Product Designer'));
  await scene.step(application, 'hire', { opening_id: filled?.id });
  const ids = [spare?.id, filled?.id, opening.id, 'nothing'];
  expect(await scene.send('DELETE', path, { user_id, ids })).toEqual({
    status: 200,
    body: { deleted_ids: [spare?.id], failed_ids: ids.slice(1), success: false },
  });
  const left = (await read<Opening[]>(scene.gem, path)).map(({ id }) => id);
  expect(left.toSorted()).toEqual([filled?.id, opening.id].toSorted());
});

async function job(): Promise<{ scene: Scene; path: string; user_id: string }> {
  const scene = await setScene();
  const path = `/ats/v0/jobs/${jobNamed(scene, 'Product Designer').id}/openings`;
  return { scene, path, user_id: scene.user_id };
}

async function seat() {
  const all = await job();
  const { user_id } = all;
  const sent = await all.scene.send('POST', all.path, { user_id, openings: [{ opening_id: 'R-1' }] });
  const [opening] = sent.body as unknown as Opening[];
  if (!opening) throw new Error('no opening was made');
  return { ...all, opening };
}
