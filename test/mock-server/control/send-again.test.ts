// A request of the log, sent once more.
import { describe, expect, test } from 'vitest';
import { startGem, useGem } from '../../support/gem.ts';
import { ask, living, newcomer } from '../faults/support.ts';
import { refusalOf } from './steering.ts';

describe('a request is sent again', () => {
  const gem = useGem();

  test('as it was, with the key that nobody sees', async () => {
    const headers = { 'X-Trace': 'abc', 'X-Application-Secret': gem().applicationSecret };
    await ask(gem(), '/ats/v0/jobs/?per_page=2&status=open', { headers });
    const first = gem().world.log.count;
    const { requests, id } = await gem().control.world();
    const again = await requests.sendAgain(first);
    expect(again).toMatchObject({ number: first + 1, status: 200, world: { id } });
    const [one, other] = [await requests.get(first), await requests.get(first + 1)];
    expect(other.request).toMatchObject({ query: one.request.query, path: one.request.path, status: 200 });
    expect(other.answered?.body).toEqual(one.answered?.body);
    expect(other.sent?.headers).toEqual(
      expect.arrayContaining([
        { name: expect.stringMatching(/^x-trace$/i), value: 'abc', masked: false },
        { name: expect.stringMatching(/^x-application-secret$/i), value: '(masked)', masked: true },
      ]),
    );
    expect(JSON.stringify(other.sent)).not.toMatch(/mock-gem-again/i);
  });

  test('into a fork, so that this world stays as it is', async () => {
    const body = { ...newcomer, job_id: living(gem(), 'jobs').find(({ status }) => status === 'open')?.id };
    await ask(gem(), '/ats/v0/candidates/', { method: 'POST', body });
    const number = gem().world.log.count;
    const size = gem().world.store.collection('candidates').size;
    const world = await gem().control.world();
    const again = await world.requests.sendAgain(number, {
      into: 'fork',
      body: JSON.stringify({ ...body, email: 'other@example.com' }),
    });
    expect(again).toMatchObject({ number: 1, status: 201 });
    expect(again.world.id).not.toBe(world.id);
    expect([gem().world.log.count, gem().world.store.collection('candidates').size]).toEqual([number, size]);
    expect(again.world.records['candidates']).toBe(size + 1);
  });

  test('with other parts', async () => {
    await ask(gem(), '/ats/v0/jobs/');
    const { requests } = await gem().control.world();
    const { number } = await requests.sendAgain(gem().world.log.count, {
      method: 'PATCH',
      path: '/ats/v0/candidates/nobody?x=1',
      headers: { 'Content-Type': 'application/json', 'X-API-Key': 'of-somebody-else', 'X-Other': '2' },
      body: '{"first_name":"Ada"}',
    });
    expect(await requests.get(number)).toMatchObject({
      request: { operation: 'updateCandidate', status: 404, body: { first_name: 'Ada' } },
    });
  });

  test('with the files of a form', async () => {
    const form = new FormData();
    const post = living(gem(), 'job_posts').find(({ live }) => live);
    for (const [name, value] of Object.entries({
      job_post_id: post?.id ?? '',
      first_name: 'Ada',
      last_name: 'B',
    }))
      form.set(name, value);
    form.set('email', 'again@byron.example');
    form.set('resume', new File([Buffer.from([0, 1, 255, 10])], 'cv.pdf', { type: 'application/pdf' }));
    const url = `${gem().url}/job_board/v0/${gem().world.company.vanity}/applications`;
    expect(
      (await fetch(url, { method: 'POST', headers: { 'X-API-Key': gem().apiKey }, body: form })).status,
    ).toBe(201);
    const { requests } = await gem().control.world();
    const first = await requests.get(gem().world.log.count);
    const { number } = await requests.sendAgain(first.request.number);
    const second = await requests.get(number);
    expect([second.sent?.body.form, second.request.body]).toEqual([
      first.sent?.body.form,
      first.request.body,
    ]);
  });

  test('even if nothing is answered', async () => {
    await ask(gem(), '/ats/v0/users/');
    const { requests, faults } = await gem().control.world();
    await faults.arm({ fault: 'connection_reset', match: { operation: 'listUsers' } });
    const number = gem().world.log.count;
    expect(await requests.sendAgain(number)).toMatchObject({ number: number + 1, status: null });
  });

  test('but not with more headers than a server takes', async () => {
    await ask(gem(), '/ats/v0/jobs/?per_page=1');
    const { requests } = await gem().control.world();
    const long = { headers: { a: 'b'.repeat(20_000) } };
    const { status, problems } = await refusalOf(requests.sendAgain(gem().world.log.count, long));
    expect([status, problems]).toEqual([
      422,
      [{ path: 'body.headers', message: 'are more, with the path, than a server takes' }],
    ]);
  });

  test.each([
    [{ path: '/_control/worlds' }, 'body.path', /leads to no API of Gem/],
    [{ path: '/_control/events' }, 'body.path', /leads to no API of Gem/],
    [
      { path: '/x/../_control/worlds/default', method: 'DELETE' as const },
      'body.path',
      /leads to no API of Gem/,
    ],
    [{ path: '/docs' }, 'body.path', /leads to no API of Gem/],
    [{ path: '/ats/v0/ä' }, 'body.path', /%XX/],
    [{ headers: { 'a b': 'c' } }, 'body.headers.a b', /no header/],
    [{ headers: { a: 'c\r\nd: e' } }, 'body.headers.a', /no header/],
  ])('but not as %j', async (different, path, words) => {
    await ask(gem(), '/ats/v0/jobs/?per_page=1');
    const { requests } = await gem().control.world();
    const number = gem().world.log.count;
    const worlds = (await gem().control.worlds()).length;
    for (const into of ['world', 'fork'] as const) {
      const { status, problems } = await refusalOf(requests.sendAgain(number, { into, ...different }));
      expect([status, problems]).toEqual([422, [{ path, message: expect.stringMatching(words) }]]);
    }
    // Nothing was done on the way, and no fork is left that nobody knows of.
    expect(await gem().control.worlds()).toHaveLength(worlds);
  });
});

test('what is not held any more is not sent again, unless its body is given', async () => {
  const gem = await startGem();
  await ask(gem, '/ats/v0/candidates/', { method: 'POST', body: { first_name: 'x'.repeat(400_000) } });
  const { requests } = await gem.control.world();
  const refused = await refusalOf(requests.sendAgain(1));
  expect([refused.status, refused.message]).toEqual([409, expect.stringContaining('too long to be held')]);
  expect(await requests.sendAgain(1, { body: '{}' })).toMatchObject({ number: 2, status: 422 });
});
