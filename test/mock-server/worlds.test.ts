import { expect, test } from 'vitest';
import request from 'supertest';
import type { GemSchemas } from '../../contracts/gem.ts';
import type { MockGem } from '../../mock-server/server.ts';
import { startGem } from '../support/gem.ts';

const keys = ['A', 'B', 'C'].map((letter) => letter.repeat(40));

test('what is written into one world is not seen in another', async () => {
  const gem = await startGem();
  const [writer = '', ...others] = keys;
  const before = await Promise.all(keys.map((key) => dump(gem, key)));
  expect(new Set(before.map((text) => text.replaceAll(/http:[^"]*/g, ''))).size).toBe(1);
  await createIn(gem, writer);
  const after = await Promise.all(keys.map((key) => dump(gem, key)));
  expect(after[0]).not.toBe(before[0]);
  expect(after.slice(1)).toEqual(before.slice(1));
  expect(others).toHaveLength(2);
});

test('two worlds that write the same thing hold the same, but never each other’s links', async () => {
  const gem = await startGem();
  const [one = '', other = ''] = keys;
  const [first, second] = [await createIn(gem, one), await createIn(gem, other)];
  expect(first.id).toBe(second.id);
  const [link = '', otherLink = ''] = [first, second].map(({ attachments }) => attachments[0]?.url);
  expect(link).not.toBe(otherLink);
  expect(await (await fetch(link)).text()).toBe('%PDF-1.4');
  expect(await (await fetch(otherLink)).text()).toBe('%PDF-1.4');
});

test('a world made anew starts from its scenario again', async () => {
  const gem = await startGem();
  const [key = ''] = keys;
  const before = await dump(gem, key);
  await createIn(gem, key);
  gem.createWorld(key);
  expect(await dump(gem, key)).toBe(before);
});

test('a world can start from another scenario', async () => {
  const gem = await startGem();
  const [key = ''] = keys;
  gem.createWorld(key, { scenario: 'empty' });
  const response = await request(gem.url).get('/ats/v0/jobs/').set('X-API-Key', key);
  expect(response.body).toEqual([]);
});

async function dump(gem: MockGem, key: string): Promise<string> {
  const paths = ['candidates', 'applications', 'jobs'].map((name) => `/ats/v0/${name}/?per_page=500`);
  const texts = await Promise.all(
    paths.map(async (path) => (await request(gem.url).get(path).set('X-API-Key', key)).text),
  );
  return texts.join('\n');
}

async function createIn(gem: MockGem, key: string): Promise<GemSchemas['Candidate']> {
  const jobs = (await request(gem.url).get('/ats/v0/jobs/?status=open').set('X-API-Key', key))
    .body as GemSchemas['Job'][];
  const response = await request(gem.url)
    .post('/ats/v0/candidates/')
    .set('X-API-Key', key)
    .send({
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: 'ada@example.com',
      job_id: jobs[0]?.id,
      attachments: [
        { filename: 'cv.pdf', type: 'resume', content: Buffer.from('%PDF-1.4').toString('base64') },
      ],
    });
  expect(response.status).toBe(201);
  return response.body as GemSchemas['Candidate'];
}
