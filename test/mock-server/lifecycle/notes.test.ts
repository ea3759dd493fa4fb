import { describe, expect, test } from 'vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { read } from '../../support/gem.ts';
import { expectRefusal, jobNamed, now, setScene } from './support.ts';

describe('a note', () => {
  test('is the same in the ATS and in the CRM, until it is deleted', async () => {
    const scene = await setScene();
    const { candidate_id } = await scene.applicant(jobNamed(scene, 'Product Designer'));
    const { user_id } = scene;
    const note = { user_id, body: 'From the ATS.', visibility: 'private' };
    await scene.send('POST', `/ats/v0/candidates/${candidate_id}/activity_feed/notes`, note);
    scene.clock.advance(60_000);
    const written = { candidate_id, user_id, content: 'From the CRM.' };
    const { status, body } = await scene.send('POST', '/v0/notes', written);
    expect(status).toBe(201);
    const timestamp = Date.parse(now) / 1000 + 60;
    expect(body).toMatchObject({ ...written, is_private: false, timestamp });

    const inCrm = (query = '') =>
      read<GemSchemas['CrmNote'][]>(scene.gem, `/v0/candidates/${candidate_id}/notes${query}`);
    const [first] = await inCrm();
    expect(first).toMatchObject({ content: 'From the ATS.', is_private: true, timestamp: timestamp - 60 });
    expect(await inCrm('?sort=desc')).toEqual([body, first]);
    expect(await inCrm(`?created_after=${timestamp}`)).toEqual([body]);
    expect(await inCrm(`?created_before=${timestamp}`)).toEqual([first]);
    expect(await read(scene.gem, `/v0/notes/${String(body['id'])}`)).toEqual(body);

    expect((await scene.send('DELETE', `/v0/notes/${first?.id}`)).status).toBe(204);
    expect(await inCrm()).toEqual([body]);
    const feed = `/ats/v0/candidates/${candidate_id}/activity_feed`;
    const { notes } = await read<GemSchemas['ActivityFeed']>(scene.gem, feed);
    expect(notes).toMatchObject([{ id: body['id'], body: 'From the CRM.', private: false }]);
  });

  test('is refused about nobody and from nobody', async () => {
    const scene = await setScene();
    const note = { candidate_id: scene.find('candidates').id, user_id: scene.user_id, content: 'Hello.' };
    for (const wrong of [{ candidate_id: 'nobody' }, { user_id: 'nobody' }, { content: '' }]) {
      const refused = await expectRefusal(scene, 422, () =>
        scene.send('POST', '/v0/notes', { ...note, ...wrong }),
      );
      expect(refused).toHaveProperty(['errors', 'json', Object.keys(wrong)[0] ?? '']);
    }
  });
});
