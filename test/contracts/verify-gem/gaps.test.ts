import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GemReport } from '../../../contracts/harness/gem/verify-gem.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { someOf } from '../../support/deep.ts';
import { namesOf, startProxy, startSubject, verify, type Deviation } from './support.ts';

let gem: MockGem;
beforeAll(async () => {
  gem = await startSubject({ scenario: 'every-promise' });
});
afterAll(() => gem.close());

/** What is wrong at one place alone, or only later, or only in an account with much in it. */
const withoutJobTombstones: Deviation = {
  ask: ({ url }) => {
    if (/^\/ats\/v0\/jobs\/?$/.test(url.pathname) && url.searchParams.get('include_deleted') === 'true')
      url.searchParams.delete('include_deleted');
  },
};
const cappedAtHundred: Deviation = {
  ask: ({ url }) => {
    const size = Number(url.searchParams.get('per_page'));
    if (size > 100 && size <= 500) url.searchParams.set('per_page', '100');
  },
};
const otherTotalLater: Deviation = {
  answer: (reply, { url }) => {
    const header = reply.headers['x-pagination'];
    if (header === undefined || !(Number(url.searchParams.get('page')) > 2)) return reply;
    const told = JSON.parse(header) as { total: number };
    const changed = JSON.stringify({ ...told, total: told.total + 1 });
    return { ...reply, headers: { ...reply.headers, 'x-pagination': changed } };
  },
};

describe('with enough in the account', () => {
  let report: GemReport;
  beforeAll(async () => {
    const proxy = await startProxy(gem, [withoutJobTombstones, cappedAtHundred, otherTotalLater]);
    report = await verify(gem, { url: proxy.url, promises });
    await proxy.close();
  });

  test.each([
    ['include_deleted is ignored on jobs alone', 'deleted-records-on-request', 'listJobs'],
    ['per_page is capped at 100', 'largest-page-size', 'listCandidates'],
    ['the total is wrong on later pages', 'ats-lists-tell-the-page', 'listCandidates'],
  ])('%s: that is caught', (_what, name, list) => {
    const entry = report.entries.find((one) => one.name === name);
    expect(entry?.state).toBe('broken');
    expect(entry?.contradictions.map(({ about }) => about).join('\n')).toContain(list);
  });
});

const promises = ['deleted-records-on-request', 'largest-page-size', 'ats-lists-tell-the-page'];

test('with less in the account it says of which lists nothing was seen', async () => {
  const small = await startSubject({ scenario: 'team' });
  const report = await verify(small, { promises });
  await small.close();
  const unseen = report.entries.map(({ name, state, unseen: parts }) => [name, state, String(parts)]);
  expect(unseen).toEqual([
    ['ats-lists-tell-the-page', 'held', expect.stringMatching(/listOffers.*\(it has no three records\)/)],
    [
      'deleted-records-on-request',
      'held',
      expect.stringMatching(/listOffers.*\(no deleted record was seen\)/),
    ],
    ['largest-page-size', 'held', expect.stringMatching(/listJobs.*\(it has no more than 100 records\)/)],
  ]);
});

describe('a record that is deleted and stays in a list', () => {
  test.each(
    someOf([
      ['a candidate', 'delete-a-candidate', /^\/ats\/v0\/candidates\/[^/]+$/, 'listCandidates'],
      [
        'an application of a deleted candidate',
        'delete-a-candidate',
        /^\/ats\/v0\/candidates\/[^/]+$/,
        'listApplications',
      ],
      ['a note', 'crm-notes', /^\/v0\/notes\/[^/]+$/, 'listNotes'],
      ['an opening', 'openings-of-a-job', /^\/ats\/v0\/jobs\/[^/]+\/openings$/, 'listOpenings'],
      [
        'an interview',
        'interviews-are-scheduled',
        /^\/ats\/v0\/scheduled_interviews\/[^/]+$/,
        'listScheduledInterviews',
      ],
      ['a person of the CRM', 'crm-candidates', /^\/v0\/candidates\/[^/]+$/, 'listCrmCandidates'],
    ] as const),
  )('%s: that is caught', async (what, name, path, list) => {
    const { url, close } = await startProxy(gem, [deletedByIdAlone(path)]);
    // A world of its own, since nothing that is made there goes away.
    const apiKey = what.replaceAll(/[^a-z]/g, '').padEnd(40, 'x');
    const report = await verify(gem, { url, apiKey, allowWrites: true, promises: [name] });
    await close();
    const abouts = report.entries.flatMap(({ contradictions }) => contradictions.map(({ about }) => about));
    expect(abouts).toContain(`${list} when deleted`);
  });
});

/** Answers that something is deleted, and shows it no more by its id; all lists go on showing it. */
function deletedByIdAlone(deletes: RegExp): Deviation {
  const deleted = new Set<string>();
  return {
    ask: ({ method, url, body }) => {
      if (method === 'DELETE' && deletes.test(url.pathname)) {
        deleted.add(url.pathname);
        const headers = { 'content-type': 'application/json' };
        if (body.length === 0 || !url.pathname.endsWith('/openings'))
          return { status: 204, headers: {}, body: undefined };
        const { ids } = JSON.parse(body.toString()) as { ids: string[] };
        for (const id of ids) deleted.add(`/ats/v0/openings/${id}`);
        return { status: 200, headers, body: { deleted_ids: ids } };
      }
      if (method !== 'GET' || !deleted.has(url.pathname)) return undefined;
      const headers = { 'content-type': 'application/json' };
      return { status: 404, headers, body: { code: 404, errors: {}, message: '', status: 'Not Found' } };
    },
  };
}

describe('a server that answers 429 after forty calls', () => {
  let report: GemReport;
  beforeAll(async () => {
    let calls = 0;
    const { url, close } = await startProxy(gem, [
      {
        ask: () => {
          calls += 1;
          if (calls <= 40) return undefined;
          const headers = { 'content-type': 'application/json' };
          return { status: 429, headers, body: { message: 'Too Many Requests' } };
        },
      },
    ]);
    let now = Date.parse('2026-03-01T00:00:00Z');
    const time = { now: () => now, sleep: async (milliseconds: number) => void (now += milliseconds) };
    report = await verify(gem, { url, time, perSecond: 10 });
    await close();
  });

  test('is reported in less than two minutes, with what was seen', () => {
    expect(report.duration).toBeLessThan(120_000);
    expect(report.incomplete).toMatch(/says that the rate limit of the key is used up/);
    expect(namesOf(report, 'held')).toEqual(expect.arrayContaining(['Job', 'listCandidates']));
  });

  test('is not accused of what was not seen: that is said, with the reason', () => {
    expect(namesOf(report, 'broken')).toEqual([]);
    const status = report.entries.find(({ name }) => name === 'status-filter');
    expect(status).toMatchObject({ state: 'not observed', remark: report.incomplete });
  });
});

test('a verification that is given less time than it takes reports what it saw by then', async () => {
  let now = 0;
  const time = { now: () => (now += 100), sleep: async (milliseconds: number) => void (now += milliseconds) };
  const report = await verify(gem, { time, limit: 30_000 });
  expect(report.incomplete).toBe('the 30 seconds of the verification were over');
  expect(namesOf(report, 'broken')).toEqual([]);
  expect(namesOf(report, 'held').length).toBeGreaterThan(10);
});
