import { expect, test } from 'vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { read } from '../../support/gem.ts';
import { expectRefusal, setScene, type Scene } from './support.ts';

type Offer = GemSchemas['Offer'];
const later = '2026-11-20T08:01:00.000Z';

test('the current offer of an application is its newest that was not replaced', async () => {
  const { scene, offer, path } = await offered();
  expect(await read(scene.gem, path)).toEqual(await read(scene.gem, `/ats/v0/offers/${offer.id}`));
  const newer = { ...offer, id: 'newer', created_at: '2026-11-20T07:00:00.000Z' };
  scene.gem.world.store.put('offers', newer);
  expect(await read(scene.gem, path)).toMatchObject({ id: 'newer' });
  scene.gem.world.store.put('offers', { ...newer, status: 'deprecated' });
  expect(await read(scene.gem, path)).toMatchObject({ id: offer.id });
});

test('an offer changes in what is sent, and moves its application on', async () => {
  const { scene, offer, path } = await offered();
  const before = await read<Offer>(scene.gem, path);
  scene.clock.advance(60_000);
  const { user_id } = scene;
  const sent = await scene.send('PATCH', path, { user_id, start_date: '2027-02-01' });
  expect(sent).toEqual({ status: 200, body: { ...before, starts_at: '2027-02-01', updated_at: later } });
  expect(await read(scene.gem, path)).toEqual(sent.body);
  expect((await scene.application(offer.application_id)).last_activity_at).toBe(later);
});

test('a hire accepts the offer, which then stays as it is', async () => {
  const { scene, offer, path } = await offered();
  await scene.step({ id: offer.application_id }, 'hire');
  expect(await read(scene.gem, path)).toMatchObject({ id: offer.id, status: 'accepted' });
  const change = () => scene.send('PATCH', path, { user_id: scene.user_id, sent_at: '2026-11-21' });
  expect(await expectRefusal(scene, 400, change)).toMatchObject({ code: 400 });
});

test('an application without an offer has none to read or change, and nobody changes one', async () => {
  const { scene, path } = await offered();
  const without = scene.find('applications', ({ id }) => {
    return scene.gem.world.store.collection('offers').by('application_id', id).length === 0;
  });
  const missing = `/ats/v0/applications/${without.id}/offers/current_offer`;
  const { user_id } = scene;
  expect(await expectRefusal(scene, 404, () => scene.send('PATCH', missing, { user_id }))).toMatchObject({
    message: 'Offer not found.',
  });
  const nobody = { user_id: 'nobody' };
  expect(await expectRefusal(scene, 422, () => scene.send('PATCH', path, nobody))).toHaveProperty(
    'errors.json.user_id',
  );
});

async function offered(options?: Parameters<typeof setScene>[0]): Promise<{
  scene: Scene;
  offer: ReturnType<typeof findOpen>;
  path: string;
}> {
  const scene = await setScene(options);
  const offer = findOpen(scene);
  return { scene, offer, path: `/ats/v0/applications/${offer.application_id}/offers/current_offer` };
}

function findOpen(scene: Scene) {
  return scene.find('offers', ({ status }) => status === 'unresolved');
}
