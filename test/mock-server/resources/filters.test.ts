import { describe, expect, test } from 'vitest';
import request from 'supertest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { read, readCandidates, startGem } from '../../support/gem.ts';

type Application = GemSchemas['Application'];

describe('listing candidates', () => {
  test('by e-mail takes the address in any case', async () => {
    const gem = await startGem();
    const found = await read<GemSchemas['Candidate'][]>(
      gem,
      '/ats/v0/candidates/?email=SIOBHAN.ONEILL@example.org',
    );
    expect(found.map(({ last_name }) => last_name)).toEqual(["O'Néill"]);
  });

  test('by ids takes them repeated or with commas, and at most fifty', async () => {
    const gem = await startGem();
    const ids = (await readCandidates(gem)).slice(3, 6).map(({ id }) => id);
    const repeated = ids.map((id) => `candidate_ids=${id}`).join('&');
    const found = async (query: string) =>
      (await read<GemSchemas['Candidate'][]>(gem, `/ats/v0/candidates/?${query}`)).map(({ id }) => id);
    expect(await found(repeated)).toEqual(ids);
    expect(await found(`candidate_ids=${ids.join(',')}`)).toEqual(ids);
    const tooMany = Array.from({ length: 51 }, (_, index) => index).join(',');
    const refused = await request(gem.url)
      .get(`/ats/v0/candidates/?candidate_ids=${tooMany}`)
      .set('X-API-Key', gem.apiKey);
    expect(refused.body).toMatchObject({
      code: 422,
      errors: { query: { candidate_ids: expect.any(Array) } },
    });
  });

  test('by job finds exactly those with an application to it', async () => {
    const gem = await startGem();
    const applications = await read<Application[]>(gem, '/ats/v0/applications/?per_page=500');
    const jobId = applications[0]?.jobs[0]?.id ?? '';
    const expected = new Set(
      applications.filter(({ jobs }) => jobs[0]?.id === jobId).map(({ candidate_id }) => candidate_id),
    );
    const found = await read<GemSchemas['Candidate'][]>(
      gem,
      `/ats/v0/candidates/?per_page=500&job_id=${jobId}`,
    );
    expect(new Set(found.map(({ id }) => id))).toEqual(expected);
    expect(found.length).toBeLessThan((await readCandidates(gem)).length);
  });

  test('after a time includes that very time, before it does not', async () => {
    const gem = await startGem();
    const times = (await readCandidates(gem)).map(({ created_at }) => created_at);
    const middle = times[20] ?? '';
    const count = async (query: string) =>
      (await read<unknown[]>(gem, `/ats/v0/candidates/?per_page=500&${query}`)).length;
    expect(await count(`created_after=${middle}`)).toBe(times.filter((time) => time >= middle).length);
    expect(await count(`created_before=${middle}`)).toBe(times.filter((time) => time < middle).length);
    const elsewhere = encodeURIComponent(middle.replace('Z', '+00:00'));
    expect(await count(`created_after=${elsewhere}`)).toBe(times.filter((time) => time >= middle).length);
  });
});

describe('listing applications', () => {
  test.each(['active', 'rejected', 'hired'] as const)('by status %s', async (status) => {
    const gem = await startGem();
    const found = await read<Application[]>(gem, `/ats/v0/applications?status=${status}&per_page=500`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((application) => application.status !== status)).toEqual([]);
  });

  test('combines filters with and', async () => {
    const gem = await startGem();
    const all = await read<Application[]>(gem, '/ats/v0/applications?per_page=500');
    const rejected = all.find(({ status }) => status === 'rejected');
    const jobId = rejected?.jobs[0]?.id ?? '';
    const found = await read<Application[]>(
      gem,
      `/ats/v0/applications/?job_id=${jobId}&status=rejected&per_page=500`,
    );
    expect(found).toEqual(all.filter((one) => one.jobs[0]?.id === jobId && one.status === 'rejected'));
  });

  test('since the last activity', async () => {
    const gem = await startGem();
    const all = await read<Application[]>(gem, '/ats/v0/applications?per_page=500');
    const since = '2026-10-20T00:00:00Z';
    const found = await read<Application[]>(
      gem,
      `/ats/v0/applications?per_page=500&last_activity_after=${since}`,
    );
    expect(found).toEqual(
      all.filter(({ last_activity_at }) => last_activity_at >= since.replace('Z', '.000Z')),
    );
    expect(found.length).toBeLessThan(all.length);
  });
});

describe('listing jobs', () => {
  test.each([
    ['status=closed', 'Office Manager'],
    ['status=pending_approval', 'Site Reliability Engineer'],
    ['requisition_id=95', 'Account Executive '],
  ])('by %s', async (query, name) => {
    const gem = await startGem();
    const found = await read<GemSchemas['Job'][]>(gem, `/ats/v0/jobs/?${query}`);
    expect(found.map((job) => job.name)).toEqual([name]);
  });

  test('by an office finds every job that has it anywhere in its list', async () => {
    const gem = await startGem();
    const found = await read<GemSchemas['Job'][]>(gem, '/ats/v0/jobs/?office_id=4010840002');
    expect(found.map((job) => job.name.trim())).toEqual(['Robotics Engineer (m/f/d)', 'Account Executive']);
  });
});

describe('listing job posts', () => {
  test('always includes deleted ones, which are told by active', async () => {
    const gem = await startGem();
    const all = await read<GemSchemas['JobPost'][]>(gem, '/ats/v0/job_posts/');
    const deleted = await read<GemSchemas['JobPost'][]>(gem, '/ats/v0/job_posts/?active=false');
    expect(deleted.map(({ title }) => title)).toEqual(['Senior Backend Engineer, deleted']);
    expect(all).toContainEqual(deleted[0]);
    const live = await read<GemSchemas['JobPost'][]>(gem, '/ats/v0/job_posts/?live=true&active=true');
    expect(live).toEqual(all.filter((post) => post.live && post.active));
  });
});

describe('listing interviews', () => {
  test('by what is still to be done', async () => {
    const gem = await startGem();
    type Interview = GemSchemas['ScheduledInterview'];
    const open = await read<Interview[]>(gem, '/ats/v0/scheduled_interviews/?actionable=true&per_page=500');
    const over = await read<Interview[]>(gem, '/ats/v0/scheduled_interviews/?actionable=false&per_page=500');
    expect(open.filter(({ status }) => status === 'complete')).toEqual([]);
    expect(over.every(({ status }) => status === 'complete')).toBe(true);
    expect(open.length).toBeGreaterThan(0);
    expect(over.length).toBeGreaterThan(0);
  });

  test('by when they start, in the order of their creation on every page', async () => {
    const gem = await startGem();
    type Interview = GemSchemas['ScheduledInterview'];
    const all = await read<Interview[]>(gem, '/ats/v0/scheduled_interviews/?per_page=500');
    const starts = all.map(({ start }) => start.date_time).toSorted();
    const [after = '', before = ''] = [starts[1], starts[starts.length - 1]];
    const expected = all.filter(({ start }) => start.date_time >= after && start.date_time < before);
    expect(expected.length).toBeGreaterThan(2);
    const query = `starts_after=${after}&starts_before=${before}&per_page=2`;
    for (let page = 1; page <= Math.ceil(expected.length / 2); page += 1) {
      expect(await read<Interview[]>(gem, `/ats/v0/scheduled_interviews/?${query}&page=${page}`)).toEqual(
        expected.slice((page - 1) * 2, page * 2),
      );
    }
  });

  test('by the first of their starts and by the last of their ends', async () => {
    const gem = await startGem();
    type Interview = GemSchemas['ScheduledInterview'];
    const all = await read<Interview[]>(gem, '/ats/v0/scheduled_interviews/?per_page=500');
    const times = (name: 'start' | 'end') => all.map((one) => Date.parse(one[name].date_time));
    const [first, last] = [Math.min(...times('start')), Math.max(...times('end'))];
    const justAfter = new Date(first + 1).toISOString();
    const atLast = new Date(last).toISOString();
    // So few of all that the emulator finds them by an index instead of trying each.
    expect(await read<Interview[]>(gem, `/ats/v0/scheduled_interviews/?starts_before=${justAfter}`)).toEqual(
      all.filter(({ start }) => Date.parse(start.date_time) === first),
    );
    expect(await read<Interview[]>(gem, `/ats/v0/scheduled_interviews/?ends_after=${atLast}`)).toEqual(
      all.filter(({ end }) => Date.parse(end.date_time) === last),
    );
  });

  test('by the event in a calendar', async () => {
    const gem = await startGem();
    type Interview = GemSchemas['ScheduledInterview'];
    const all = await read<Interview[]>(gem, '/ats/v0/scheduled_interviews/?per_page=500');
    const event = all.find(({ external_event_id }) => external_event_id)?.external_event_id ?? '';
    const query = `external_event_id=${encodeURIComponent(event)}`;
    expect(await read<Interview[]>(gem, `/ats/v0/scheduled_interviews/?${query}`)).toEqual(
      all.filter(({ external_event_id }) => external_event_id === event),
    );
    expect(await read(gem, '/ats/v0/scheduled_interviews/?external_event_id=none')).toEqual([]);
  });

  test('by when they end', async () => {
    const gem = await startGem();
    const before = '2026-11-16T09:00:00Z';
    const found = await read<GemSchemas['ScheduledInterview'][]>(
      gem,
      `/ats/v0/scheduled_interviews/?ends_before=${before}&per_page=500`,
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ end }) => end.date_time < before)).toBe(true);
  });
});

describe('deleted rows', () => {
  test.each(['candidates', 'applications', 'jobs', 'job_stages', 'offices', 'users', 'scheduled_interviews'])(
    'of %s come only when asked for, and say when they were deleted',
    async (name) => {
      const gem = await startGem();
      type Row = { id: string; deleted_at?: string | null };
      const living = await read<Row[]>(gem, `/ats/v0/${name}/?per_page=500`);
      const all = await read<Row[]>(gem, `/ats/v0/${name}/?per_page=500&include_deleted=true`);
      expect(living.every(({ deleted_at }) => !deleted_at)).toBe(true);
      const deleted = all.filter(({ deleted_at }) => deleted_at);
      expect(deleted.length).toBeGreaterThan(0);
      expect(all.length).toBe(living.length + deleted.length);
    },
  );

  test('are found by id only when asked for', async () => {
    const gem = await startGem();
    type Row = { id: string; deleted_at?: string };
    const all = await read<Row[]>(gem, '/ats/v0/candidates/?per_page=500&include_deleted=true');
    const id = all.find(({ deleted_at }) => deleted_at)?.id ?? '';
    const get = (query: string) =>
      request(gem.url).get(`/ats/v0/candidates/${id}${query}`).set('X-API-Key', gem.apiKey);
    expect((await get('')).status).toBe(404);
    expect((await get('?include_deleted=true')).body).toMatchObject({ id });
  });
});

describe('the filters that Harvest has besides', () => {
  const ids = async (gem: MockGem, path: string) =>
    (await read<{ id: string }[]>(gem, `/ats/v0/${path}`)).map(({ id }) => id);

  test('find jobs by the text of an opening and by an option of a custom field', async () => {
    const gem = await startGem();
    const records = gem.world.store.records();
    const opening = records.openings.find(({ job_id, opening_id }) => job_id !== null && opening_id !== null);
    expect(await ids(gem, `jobs/?opening_id=${opening?.opening_id}`)).toEqual([opening?.job_id]);
    expect(await ids(gem, 'jobs/?opening_id=nothing')).toEqual([]);
    const band = records.custom_fields.find(({ name }) => name === 'Salary band');
    for (const { id, name } of band?.options ?? []) {
      const banded = records.jobs.filter((job) => job.custom_fields['Salary band'] === name);
      const living = banded.filter(({ deleted_at }) => deleted_at === null);
      expect((await ids(gem, `jobs/?custom_field_option_id=${id}`)).toSorted()).toEqual(
        living.map((job) => job.id).toSorted(),
      );
    }
    expect(await ids(gem, 'jobs/?custom_field_option_id=nothing')).toEqual([]);
  });

  test('find internal posts, users by their number, offers by status and days, openings by status', async () => {
    const gem = await startGem();
    const records = gem.world.store.records();
    const internal = records.job_posts.filter((post) => post.internal).map(({ id }) => id);
    expect((await ids(gem, 'job_posts/?internal=true')).toSorted()).toEqual(internal.toSorted());
    expect(internal.length).toBeGreaterThan(0);
    const numbered = records.users.find(
      ({ employee_id, deleted_at }) => employee_id !== null && deleted_at === null,
    );
    expect(await ids(gem, `users/?employee_id=${numbered?.employee_id}`)).toEqual([numbered?.id]);
    const closed = records.openings.filter(({ status }) => status === 'closed').map(({ id }) => id);
    expect((await ids(gem, 'openings/?status=closed')).toSorted()).toEqual(closed.toSorted());
    const offer = records.offers.find(({ status }) => status === 'unresolved');
    expect(await ids(gem, 'offers/?status=unresolved')).toEqual([offer?.id]);
    const day = offer?.sent_at ?? '';
    expect(await ids(gem, `offers/?status=unresolved&sent_after=${day}`)).toEqual([offer?.id]);
    expect(await ids(gem, `offers/?status=unresolved&sent_before=${day}`)).toEqual([]);
    const starts = offer?.starts_at ?? '';
    expect(await ids(gem, `offers/?status=unresolved&starts_before=${starts}`)).toEqual([]);
    expect(await ids(gem, `offers/?status=unresolved&starts_after=${starts}`)).toEqual([offer?.id]);
  });

  test('leave out the count when it is not wanted', async () => {
    const gem = await startGem();
    const counted = async (query: string) => {
      const response = await request(gem.url).get(`/ats/v0/jobs/${query}`).set('X-API-Key', gem.apiKey);
      return [response.status, response.get('X-Pagination') !== undefined];
    };
    expect(await counted('?skip_count=true')).toEqual([200, false]);
    expect(await counted('?skip_count=false')).toEqual([200, true]);
  });
});
