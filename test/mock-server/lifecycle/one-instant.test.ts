import { expect, test } from 'vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { read } from '../../support/gem.ts';
import { jobNamed, now, setScene, type Candidate } from './support.ts';

test('whatever one request writes has one time, however long the request takes', async () => {
  let time = Date.parse(now);
  // Every look at this clock takes a millisecond.
  const scene = await setScene({ clock: { now: () => (time += 1) } });
  const job = jobNamed(scene, 'Senior Backend Engineer');
  const content = Buffer.from('%PDF-1.4').toString('base64');
  const { body } = await scene.send('POST', '/ats/v0/candidates/', {
    first_name: 'Ada',
    last_name: 'King',
    email: 'ada@example.com',
    job_id: job.id,
    attachments: [{ filename: 'cv.pdf', type: 'resume', content }],
  });
  const created = body as unknown as Candidate;
  const [application] = created.applications;
  if (!application) throw new Error('nobody applied');
  const { created_at } = created;
  expect(created).toMatchObject({ updated_at: created_at, last_activity: created_at });
  expect(application).toMatchObject({ applied_at: created_at, last_activity_at: created_at });
  expect(created.attachments).toMatchObject([{ created_at }]);

  const { body: rejected } = await scene.step(application, 'reject', { notes: 'Too early.' });
  const { rejected_at } = rejected;
  expect(rejected['last_activity_at']).toBe(rejected_at);
  expect(await scene.candidate(created.id)).toMatchObject({
    updated_at: rejected_at,
    last_activity: rejected_at,
  });
  const feed = `/ats/v0/candidates/${created.id}/activity_feed`;
  const { notes } = await read<GemSchemas['ActivityFeed']>(scene.gem, feed);
  expect(notes).toMatchObject([{ created_at: rejected_at }]);

  await scene.step(application, 'unreject');
  const opening = scene.find('openings', ({ status }) => status === 'open');
  const { body: hired } = await scene.step(application, 'hire', { opening_id: opening.id });
  expect(await read(scene.gem, `/ats/v0/openings/${opening.id}`)).toMatchObject({
    closed_at: hired['last_activity_at'],
  });
});
