import { describe, expect, test } from 'vitest';
import request from 'supertest';
import { fixedClock } from '../../../contracts/clock.ts';
import { startGem } from '../../support/gem.ts';

const otherKey = 'AnotherKeyAnotherKeyAnotherKeyAnotherK01';

describe('the key', () => {
  test.each(['', 'short', `${otherKey}x`, `${otherKey.slice(1)}-`])(
    '%j is refused by the gateway',
    async (key) => {
      const gem = await startGem();
      const response = await request(gem.url).get('/ats/v0/jobs').set('X-API-Key', key);
      expect(response.status).toBe(403);
      expect(response.body).toEqual({ message: 'Forbidden' });
    },
  );

  test('nobody named opens a fresh world, unless the door is closed', async () => {
    const open = await startGem();
    expect((await request(open.url).get('/ats/v0/jobs').set('X-API-Key', otherKey)).status).toBe(200);
    const closed = await startGem({ unknownKeys: 'refuse' });
    expect((await request(closed.url).get('/ats/v0/jobs').set('X-API-Key', otherKey)).status).toBe(403);
  });

  test('is asked for on unknown paths too, before they are looked at', async () => {
    const gem = await startGem();
    expect((await request(gem.url).get('/ats/v0/nonsense')).status).toBe(403);
    const known = await request(gem.url).get('/ats/v0/nonsense').set('X-API-Key', gem.apiKey);
    expect(known.body).toEqual({ code: 404, status: 'Not Found' });
  });
});

describe('the application secret', () => {
  test('may be left out, and must be right when it is sent', async () => {
    const gem = await startGem();
    const get = () => request(gem.url).get('/ats/v0/offices').set('X-API-Key', gem.apiKey);
    expect((await get()).status).toBe(200);
    expect((await get().set('X-Application-Secret', gem.applicationSecret)).status).toBe(200);
    const wrong = await get().set('X-Application-Secret', 'wrong');
    expect(wrong.status).toBe(403);
    expect(wrong.body).toMatchObject({ code: 403, status: 'Forbidden' });
  });
});

describe('the rate limit', () => {
  test('empties after the burst and refills with the clock', async () => {
    const clock = fixedClock('2026-11-20T08:00:00Z');
    const gem = await startGem({ clock, switches: { rate_limit: { per_second: 2, burst: 3 } } });
    const status = async () =>
      (await request(gem.url).get('/ats/v0/openings').set('X-API-Key', gem.apiKey)).status;
    expect([await status(), await status(), await status(), await status()]).toEqual([200, 200, 200, 429]);
    clock.advance(1000);
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
  });

  test('answers in the words of the gateway, without headers that Gem does not send', async () => {
    const clock = fixedClock('2026-11-20T08:00:00Z');
    const gem = await startGem({ clock, switches: { rate_limit: { per_second: 1, burst: 0 } } });
    const response = await request(gem.url).get('/ats/v0/jobs').set('X-API-Key', gem.apiKey);
    expect(response.status).toBe(429);
    expect(response.body).toEqual({ message: 'Too Many Requests' });
    expect(response.headers).not.toHaveProperty('retry-after');
  });

  test('of one world does not slow another', async () => {
    const gem = await startGem({ switches: { rate_limit: { per_second: 1, burst: 1 } } });
    const status = async (key: string) =>
      (await request(gem.url).get('/ats/v0/openings').set('X-API-Key', key)).status;
    await status(gem.apiKey);
    expect(await status(otherKey)).toBe(200);
  });
});

describe('the transport', () => {
  test('dates its answers by the clock of the world', async () => {
    const gem = await startGem({ clock: fixedClock('2031-02-03T04:05:06Z') });
    const response = await request(gem.url).get('/ats/v0/offices').set('X-API-Key', gem.apiKey);
    expect(response.get('Date')).toBe('Mon, 03 Feb 2031 04:05:06 GMT');
  });

  test('answers a known path with another method with 405, a broken body with 400, a wrong type with 415', async () => {
    const gem = await startGem();
    const post = () => request(gem.url).post('/ats/v0/candidates/').set('X-API-Key', gem.apiKey);
    expect((await request(gem.url).delete('/ats/v0/jobs/').set('X-API-Key', gem.apiKey)).body).toEqual({
      code: 405,
      status: 'Method Not Allowed',
    });
    expect((await post().type('application/json').send('{"first_name":')).body).toEqual({
      code: 400,
      status: 'Bad Request',
      errors: { json: ['Invalid JSON body.'] },
    });
    expect((await post().type('form').send('first_name=Ada')).body).toMatchObject({ code: 415 });
  });

  test('refuses a body above ten megabytes as the gateway does', async () => {
    const gem = await startGem();
    const response = await request(gem.url)
      .post('/ats/v0/candidates/')
      .set('X-API-Key', gem.apiKey)
      .send({ first_name: 'x'.repeat(10 * 1024 * 1024) });
    expect(response.status).toBe(413);
    expect(response.body).toEqual({ message: 'Request Too Long' });
  });

  test('sends the keys of an object in alphabetical order', async () => {
    const gem = await startGem();
    const { text } = await request(gem.url).get('/ats/v0/jobs?per_page=1').set('X-API-Key', gem.apiKey);
    const [job] = JSON.parse(text) as [object];
    expect(Object.keys(job)).toEqual(Object.keys(job).sort());
  });
});
