import { describe, expect, test } from 'vitest';
import { createPace, CannotVerify } from '../../../contracts/harness/gem/caller.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { namesOf, startProxy, startSubject, verify } from './support.ts';

/** What cannot be seen at an emulator with the scenario for it, whatever is allowed. */
const neverSeen = [
  'CrmCustomFieldValue',
  'CrmValue',
  'DueDate',
  'FeedActivity',
  'FeedEmail',
  'JobPost.absolute_url',
  'KeyedCustomFields',
  'MethodNotAllowed',
  'TooManyRequests',
  'updateCurrentOffer',
  'updateCurrentOffer 200',
];

describe('the emulator', () => {
  test('keeps every promise, nearly all of them observed, and is the same afterwards', async () => {
    const gem = await startSubject({ scenario: 'every-promise' });
    try {
      const report = await verify(gem, { allowWrites: true });
      expect(namesOf(report, 'broken')).toEqual([]);
      expect(namesOf(report, 'not observed').toSorted()).toEqual(neverSeen);
      expect(report.left).toBe(0);
      expect(await madeUp(gem)).toBe(0);
    } finally {
      await gem.close();
    }
  });

  test('is the same afterwards even when the verification is interrupted', async () => {
    const gem = await startSubject({ scenario: 'team' });
    const stop = new AbortController();
    const broken = verify(gem, {
      allowWrites: true,
      signal: stop.signal,
      onProgress: ({ name }) => {
        if (name !== 'reject-and-unreject') return;
        stop.abort();
      },
    });
    await expect(broken).rejects.toThrow('the verification was broken off');
    expect(await madeUp(gem)).toBe(0);
    await gem.close();
  });

  test('is only read when writes are not allowed', async () => {
    const methods = new Set<string>();
    const gem = await startSubject({
      scenario: 'offers-in-every-status',
      onRequest: ({ method }) => methods.add(method),
    });
    try {
      const report = await verify(gem);
      expect(namesOf(report, 'broken')).toEqual([]);
      expect([...methods]).toEqual(['GET']);
      const unseen = report.entries.filter(({ remark }) => remark === 'writes are not allowed');
      expect(unseen.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['createNote', 'create-candidate']),
      );
      expect(unseen.every(({ state }) => state === 'not observed')).toBe(true);
    } finally {
      await gem.close();
    }
  });

  test('is verified only by the chosen promises', async () => {
    const gem = await startSubject({ scenario: 'team' });
    try {
      const promises = ['Job', 'keys-in-alphabetical-order'];
      const { entries } = await verify(gem, { promises });
      expect(entries.map(({ name, state }) => [name, state])).toEqual(promises.map((name) => [name, 'held']));
      await expect(verify(gem, { promises: ['nothing'] })).rejects.toThrow('there is no promise "nothing"');
      await expect(verify(gem, { apiKey: 'wrong' })).rejects.toThrow(/refused the key/);
      await expect(verify(gem, { applicationSecret: 'wrong' })).rejects.toThrow(
        /refused the application secret/,
      );
    } finally {
      await gem.close();
    }
    await expect(verify(gem)).rejects.toThrow(CannotVerify);
  });
});

test('a report holds no personal data, even when everything is wrong', async () => {
  const gem = await startSubject();
  const ids = new Set<string>();
  // Every text becomes a recognisable one, beside one that nobody described; every number and date is another.
  const spoil = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((inner) => spoil(inner, key));
    if (typeof value === 'object' && value !== null) {
      const spoilt = Object.entries(value).map(([name, inner]) => [name, spoil(inner, name)]);
      return { ...Object.fromEntries(spoilt), zz_undescribed: 'Recognisable' };
    }
    if (typeof value === 'string' && /(^|_)ids?$/.test(key)) ids.add(value);
    if (/(^|_)ids?$/.test(key) || value === null) return value;
    return typeof value === 'boolean' ? 'Recognisable' : `Recognisable ${key}`;
  };
  const { url, close } = await startProxy(gem, [
    { answer: (reply) => (reply.status === 200 ? { ...reply, body: spoil(reply.body, '') } : reply) },
  ]);
  try {
    const report = await verify(gem, { url });
    expect(namesOf(report, 'broken').length).toBeGreaterThan(40);
    const text = JSON.stringify(report);
    expect(text).not.toContain('Recognisable');
    expect([...ids].filter((id) => id.length > 8 && text.includes(id))).toEqual([]);
    expect(ids.size).toBeGreaterThan(100);
  } finally {
    await close();
    await gem.close();
  }
});

test('requests keep the agreed rate, whatever the clock shows', async () => {
  const sent: number[] = [];
  let now = 1_000_000;
  const wait = createPace(10, {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
  });
  for (let count = 0; count < 100; count += 1) {
    await wait();
    sent.push(now);
    now += 3;
  }
  const inAnySecond = sent.map((from) => sent.filter((at) => at >= from && at < from + 1000).length);
  // A second may begin with a full bucket.
  expect(Math.max(...inAnySecond)).toBeLessThanOrEqual(20);
  expect((sent.at(-1) ?? 0) - (sent[0] ?? 0)).toBeGreaterThanOrEqual(8900);
});

test('a rate of 0 is no limit', async () => {
  const wait = createPace(0, { now: () => 0, sleep: () => Promise.reject(new Error('it waits')) });
  await expect(Promise.all(Array.from({ length: 100 }, wait))).resolves.toHaveLength(100);
});

/** How many made-up candidates live at an emulator. */
async function madeUp(gem: MockGem): Promise<number> {
  const response = await fetch(`${gem.url}/ats/v0/candidates/?per_page=500`, {
    headers: { 'X-API-Key': gem.apiKey },
  });
  return (await response.text()).split('Mock-Gem').length - 1;
}
