import { describe, expect, test } from 'vitest';
import { expectRefusal, jobNamed, now, setScene } from './support.ts';

const pdf = Buffer.from('%PDF-1.4 résumé').toString('base64');

describe.each(['candidates', 'applications'] as const)('a file attached to one of the %s', (owner) => {
  test('becomes a résumé of the candidate, and its link gives it back', async () => {
    const scene = await setScene();
    const application = await scene.applicant(jobNamed(scene, 'Product Designer'));
    scene.clock.advance(60_000);
    const id = owner === 'candidates' ? application.candidate_id : application.id;
    const { status, body } = await scene.send('POST', `/ats/v0/${owner}/${id}/attachments`, {
      user_id: scene.user_id,
      filename: 'letter.pdf',
      type: 'cover_letter',
      content: pdf,
      visibility: 'private',
    });
    expect(status).toBe(201);
    const created_at = '2026-11-20T08:01:00.000Z';
    expect(body).toMatchObject({ filename: 'letter.pdf', type: 'resume', created_at });
    const file = await fetch(String(body['url']));
    expect(Buffer.from(await file.arrayBuffer()).toString('base64')).toBe(pdf);
    const candidate = await scene.candidate(application.candidate_id);
    expect(candidate.attachments).toEqual([body]);
    expect(candidate.last_activity).toBe(created_at);
    const changed = (await scene.application(application.id)).last_activity_at;
    expect(changed).toBe(owner === 'candidates' ? now : created_at);
  });

  test('is refused of another kind, or from nobody', async () => {
    const scene = await setScene();
    const { id } = scene.find(owner);
    const file = { user_id: scene.user_id, filename: 'cv.pdf', type: 'resume', content: pdf };
    for (const wrong of [{ filename: 'cv.exe' }, { content: '***' }, { user_id: 'nobody' }]) {
      const path = `/ats/v0/${owner}/${id}/attachments`;
      expect(
        await expectRefusal(scene, 422, () => scene.send('POST', path, { ...file, ...wrong })),
      ).toMatchObject({ code: 422 });
    }
  });
});

describe('a file that is given as a link', () => {
  test('is read where it stands in the link, or is an attachment of the same world', async () => {
    const scene = await setScene();
    const { candidate_id } = await scene.applicant(jobNamed(scene, 'Product Designer'));
    const path = `/ats/v0/candidates/${candidate_id}/attachments`;
    const file = { user_id: scene.user_id, filename: 'cv.pdf', type: 'resume' };
    const first = await scene.send('POST', path, { ...file, url: `data:application/pdf;base64,${pdf}` });
    const second = await scene.send('POST', path, { ...file, url: first.body['url'] });
    for (const { status, body } of [first, second]) {
      expect(status).toBe(201);
      const content = await (await fetch(String(body['url']))).arrayBuffer();
      expect(Buffer.from(content).toString('base64')).toBe(pdf);
    }
    expect((await scene.candidate(candidate_id)).attachments).toHaveLength(2);
    scene.clock.advance(15 * 24 * 60 * 60 * 1000);
    const old = { ...file, url: second.body['url'] };
    expect(await expectRefusal(scene, 422, () => scene.send('POST', path, old))).toHaveProperty(
      'errors.json.url',
    );
  });

  test.each([
    [{ url: 'https://example.com/cv.pdf' }, 'url'],
    [{ url: 'data:application/pdf;base64,***' }, 'content'],
    [{ url: `data:application/pdf;base64,${pdf}`, content: pdf }, 'url'],
    [{}, 'content'],
  ])('is refused as %j', async (given, field) => {
    const scene = await setScene();
    const path = `/ats/v0/candidates/${scene.find('candidates').id}/attachments`;
    const file = { user_id: scene.user_id, filename: 'cv.pdf', type: 'resume', ...given };
    const refused = await expectRefusal(scene, 422, () => scene.send('POST', path, file));
    expect(refused).toHaveProperty(['errors', 'json', field]);
  });
});
