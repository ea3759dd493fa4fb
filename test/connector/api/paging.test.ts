import { describe, expect, test } from 'vitest';
import { pageOf, writeCursor } from '../../../connector/api/lists/cursor.ts';
import { startApi, type Answer } from './support/api.ts';

test('pages of any size give every row once, in the order in which rows came', async () => {
  const { get, rows } = await startApi();
  const ids: string[] = [];
  for (let index = 0; index < 7; index += 1) ids.push(await rows.insert('ats_users', `user-${index}`));

  for (const size of [1, 2, 3, 7, 8]) {
    const seen: unknown[] = [];
    let cursor: string | null = '';
    let pages = 0;
    do {
      const { data } = await get(`/v1/ats/users?page_size=${size}${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...data.results.map(({ id }) => id));
      cursor = data.next;
      pages += 1;
    } while (cursor !== null);
    expect(seen).toEqual(ids);
    expect(pages).toBe(Math.ceil(7 / size));
  }
});

test('a row that comes between two pages shifts nothing', async () => {
  const { get, rows } = await startApi();
  const first = await rows.insert('ats_users', 'user-1');
  const second = await rows.insert('ats_users', 'user-2');
  const page = await get('/v1/ats/users?page_size=1');
  const third = await rows.insert('ats_users', 'user-3');
  const rest = await get(`/v1/ats/users?cursor=${page.data.next}`);
  expect([...page.data.results, ...rest.data.results].map(({ id }) => id)).toEqual([first, second, third]);
});

test.each(['?', 'e30', 'bm90IGpzb24', Buffer.from('{"after":"1; drop"}').toString('base64url')])(
  'the cursor %s, which no page gave out, is refused',
  async (cursor) => {
    const { get } = await startApi();
    const { status, error } = await get(`/v1/ats/users?cursor=${encodeURIComponent(cursor)}`);
    expect([status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
    expect(error.message).toContain('query cursor');
  },
);

test.each([0, 251, 'ten'])('a page size of %s is refused with the range that is allowed', async (size) => {
  const { get } = await startApi();
  const { status, error } = await get(`/v1/ats/users?page_size=${size}`);
  expect([status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
  expect(error.message).toContain('page_size');
});

test('an empty list is a page without results', async () => {
  const { get } = await startApi();
  const { text } = await get('/v1/ats/interviews');
  expect(text).toBe('{"status":"success","data":{"next":null,"results":[]}}');
});

// Hundreds of megabytes take their time.
describe.skipIf(!process.env['DEEP'])('a page of megabytes', () => {
  test('of rows ends early, and the next one goes on behind it', async () => {
    const api = await startApi();
    for (let index = 0; index < 5; index += 1) {
      await api.rows.insert('ats_users', `user-${index}`, { first_name: 'x'.repeat(7_000_000) });
    }
    const seen: unknown[] = [];
    const sizes: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { data, text } = await api.get(`/v1/ats/users?page_size=250${cursor && `&cursor=${cursor}`}`);
      seen.push(...data.results.map(({ remote_id }) => remote_id));
      sizes.push(text.length);
      cursor = data.next;
    }
    expect(seen).toEqual(Array.from({ length: 5 }, (_, index) => `user-${index}`));
    expect(sizes.map((size) => Math.round(size / 7e6))).toEqual([4, 1]);
  });

  test('of jobs with their postings does so too, each job with all of them in their order', async () => {
    const api = await startApi();
    const expected: [string, string[]][] = [];
    for (const job of ['one', 'two', 'three']) {
      const job_id = await api.rows.insert('ats_jobs', job);
      const postings = [`${job}-a`, `${job}-b`, `${job}-c`];
      for (const posting of postings) {
        const description_html = 'x'.repeat(job === 'three' ? 10 : 6_000_000);
        await api.rows.insert('ats_job_postings', posting, { job_id, description_html });
      }
      expected.push([job, postings]);
    }
    const pages: [string, string[]][][] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { data } = await api.get(`/v1/ats/jobs?${cursor && `cursor=${cursor}`}`);
      const shown = data.results as unknown as {
        remote_id: string;
        job_postings: { remote_id: string }[];
      }[];
      pages.push(shown.map((job) => [job.remote_id, job.job_postings.map(({ remote_id }) => remote_id)]));
      cursor = data.next;
    }
    expect(pages).toEqual([expected.slice(0, 1), expected.slice(1)]);
  });
});

describe('a cursor', () => {
  async function withTwoLists() {
    const api = await startApi();
    for (const name of ['one', 'two', 'three']) {
      await api.rows.insert('ats_users', name);
      await api.rows.insert('ats_application_stages', name);
    }
    const { data } = await api.get('/v1/ats/users?page_size=1');
    return { api, cursor: data.next ?? '' };
  }

  const refused = [400, 'PLATFORM.INPUT_INVALID', expect.stringContaining('query cursor')];
  const outcome = ({ status, error }: Answer) => [status, error?.code, error?.message];

  test('of another list, or of another integration, is refused', async () => {
    const { api, cursor } = await withTwoLists();
    const other = await startApi();
    expect(outcome(await api.get(`/v1/ats/application-stages?cursor=${cursor}`))).toEqual(refused);
    expect(outcome(await other.get(`/v1/ats/users?cursor=${cursor}`))).toEqual(refused);
    const fields = `/v1/integrations/${api.integrationId}/custom-fields?page_size=1`;
    const { next } = (await api.get(fields)).data;
    expect(outcome(await api.get(`/v1/ats/users?cursor=${next ?? cursor}`))).toEqual(refused);
    expect(outcome(await api.get(`${fields}&cursor=${cursor}`))).toEqual(refused);
  });

  test('that is cut or changed anywhere is refused', async () => {
    const { api, cursor } = await withTwoLists();
    const changed = [...cursor].map(
      (letter, index) => cursor.slice(0, index) + (letter === 'A' ? 'B' : 'A') + cursor.slice(index + 1),
    );
    for (const text of [...changed, cursor.slice(0, -1), `${cursor}A`, `${cursor}=`, ` ${cursor}`]) {
      expect(outcome(await api.get(`/v1/ats/users?cursor=${encodeURIComponent(text)}`)), text).toEqual(
        refused,
      );
    }
  });

  test('goes on with other filters, and with other page sizes', async () => {
    const { api, cursor } = await withTwoLists();
    const { data } = await api.get(`/v1/ats/users?page_size=250&include_deleted=true&cursor=${cursor}`);
    expect(data.results.map(({ remote_id }) => remote_id)).toEqual(['two', 'three']);
  });
});

test('an empty cursor stands for none', async () => {
  const { get, rows } = await startApi();
  await rows.insert('ats_users', 'user-1');
  expect((await get('/v1/ats/users?cursor=')).data.results).toHaveLength(1);
});

test('a cursor that callers hold is read by later versions, too', () => {
  const place = { operationId: 'getAtsUsers', integrationId: 'gem:1' };
  expect(writeCursor(place, '7')).toBe('ZmU1LVFSLVRuZEVRYmZSUjc');
});

test('a cursor with a digest of its own opens no other place than a number', async () => {
  const { get, integrationId } = await startApi();
  for (const after of ['1; drop', '', '-1', '1'.repeat(19)]) {
    const cursor = writeCursor({ operationId: 'getAtsUsers', integrationId }, after);
    expect((await get(`/v1/ats/users?cursor=${cursor}`)).status).toBe(400);
  }
});

test('a short list is paged by the names of its items, and what comes in between is not lost', () => {
  const place = { operationId: 'getCustomFields', integrationId: 'gem:1' };
  const page = (names: string, query: Parameters<typeof pageOf>[3]) =>
    pageOf(place, [...names], (name) => name, query);
  const first = page('dbeca', { page_size: 2 });
  expect(first).toEqual({ results: ['a', 'b'], next: expect.any(String) });
  const second = page('dbxeca', { page_size: 2, cursor: first.next ?? '' });
  expect(second).toEqual({ results: ['c', 'd'], next: expect.any(String) });
  // The item that ended the page before may be gone.
  const third = page('xeca', { page_size: 2, cursor: second.next ?? '' });
  expect(third).toEqual({ results: ['e', 'x'], next: null });
  expect(page('dbeca', {})).toEqual({ results: ['a', 'b', 'c', 'd', 'e'], next: null });
  expect(page('', {})).toEqual({ results: [], next: null });
  const many = Array.from({ length: 101 }, (_, place) => String(place + 100));
  expect(pageOf(place, many, String, {}).results).toHaveLength(100);
});

test.each([
  ['users', 'getAtsUsers'],
  ['jobs', 'getAtsJobs'],
  ['candidates', 'getAtsCandidates'],
  ['applications', 'getAtsApplications'],
  ['interviews', 'getAtsInterviews'],
  ['application-stages', 'getAtsApplicationStages'],
])('/ats/%s takes the cursors of %s', async (path, operationId) => {
  const { get, integrationId } = await startApi();
  const cursor = writeCursor({ operationId, integrationId }, '0');
  expect((await get(`/v1/ats/${path}?cursor=${cursor}`)).status).toBe(200);
});
