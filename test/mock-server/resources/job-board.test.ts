import { expect, test } from 'vitest';
import request from 'supertest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { startGem } from '../../support/gem.ts';

const board = '/job_board/v0/halden-robotics/job_posts/';

test('the board lists live, external, listed posts to anybody', async () => {
  const gem = await startGem();
  const { status, body } = await request(gem.url).get(board);
  expect(status).toBe(200);
  expect((body as GemSchemas['BoardJobPost'][]).map(({ title }) => title)).toEqual([
    'Senior Backend Engineer',
    'Robotics Engineer (m/f/d)',
    'Account Executive',
    'Senior Backend Engineer, Platform',
  ]);
});

test('the location of a post is that of its first office, of up to nine', async () => {
  const gem = await startGem();
  const posts = (await request(gem.url).get(board)).body as GemSchemas['BoardJobPost'][];
  const robotics = posts.find(({ title }) => title.startsWith('Robotics'));
  expect(robotics?.offices).toHaveLength(9);
  expect(robotics?.location).toEqual({ name: '東京, Japan' });
});

test('an unlisted post is reached by its link, an internal or unpublished one is not', async () => {
  const gem = await startGem();
  const status = async (matches: (title: string) => boolean) => {
    const posts = [...gem.world.store.collection('job_posts').entries()];
    const post = posts.find(({ record }) => matches(record.title));
    return (await request(gem.url).get(`${board}${post?.record.id}/`)).status;
  };
  expect(await status((title) => title.includes('by invitation'))).toBe(200);
  expect(await status((title) => title.includes('(internal)'))).toBe(404);
  expect(await status((title) => title.includes('never published'))).toBe(404);
});

test('an unknown board is a 404', async () => {
  const gem = await startGem();
  expect((await request(gem.url).get('/job_board/v0/nobody/job_posts/')).status).toBe(404);
});
