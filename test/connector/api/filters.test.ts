import { expect, test } from 'vitest';
import { unsupportedFilters } from '../../../connector/api/lists/filters.ts';
import { startApi } from './support/api.ts';
import type { Rows } from './support/rows.ts';
import { insertSmallWorld } from './support/small-world.ts';

/** Each filter with a value that the small world meets and one that it does not; `{x}` stands for the id of x. */
const filters: readonly [path: string, filter: string, met: string, unmet: string][] = [
  ['users', 'ids', '{user-1},{nobody}', '{nobody}'],
  ['users', 'remote_ids', 'user-1', 'user'],
  ['users', 'emails', 'ADA@example.com,x@example.com', 'x@example.com'],
  ['jobs', 'job_codes', 'R1,R2', 'R2'],
  ['jobs', 'post_url', 'https://jobs.gem.com/a/1', 'https://jobs.gem.com/a'],
  ['jobs', 'statuses', 'OPEN,CLOSED', 'CLOSED'],
  ['jobs', 'remote_created_after', '2026-01-10T23:00:00Z', '2026-01-11'],
  ['jobs', 'name_contains', 'NGINE', 'ngines'],
  ['candidates', 'email', 'grace@example.COM', 'race@example.com'],
  ['candidates', 'job_ids', '{job-1},{job-2}', '{job-2}'],
  ['candidates', 'first_name', 'gRACE', 'Grac'],
  ['candidates', 'last_name', 'HOPPER', 'Hop'],
  ['applications', 'outcomes', 'PENDING,HIRED', 'HIRED'],
  ['applications', 'job_ids', '{job-1}', '{job-2}'],
  ['applications', 'job_remote_ids', 'job-1', 'job-2'],
  ['applications', 'current_stage_ids', '{stage-1}', '{stage-2}'],
  ['applications', 'remote_created_after', '2026-01-11', '2026-01-12'],
  ['interviews', 'job_ids', '{job-1}', '{job-2}'],
  ['application-stages', 'ids', '{stage-1}', '{stage-2}'],
];

test.each(filters)('/ats/%s filtered by %s', async (path, filter, met, unmet) => {
  const { list, rows } = await startApi();
  await insertSmallWorld(rows);
  await rows.update('ats_jobs', 'job-1', { post_url: 'https://jobs.gem.com/a/1' });
  const by = (value: string) => list(`/v1/ats/${path}?${filter}=${encodeURIComponent(withIds(rows, value))}`);
  expect(await by(met)).toHaveLength(1);
  expect(await by(unmet)).toHaveLength(0);
});

test.each([
  'users?ids=&emails=&remote_ids=',
  'jobs?job_codes=&statuses=&employment_types=&post_url=&name_contains=',
  'candidates?job_ids=&first_name=',
  'applications?outcomes=&job_ids=&job_remote_ids=&current_stage_ids=',
])('an empty filter filters nothing: %s', async (path) => {
  const { list, rows } = await startApi();
  await insertSmallWorld(rows);
  expect(await list(`/v1/ats/${path}`)).toHaveLength(1);
});

test.each(['%', '_', '\\', "'; drop table ats_jobs; --"])(
  'name_contains takes %s literally',
  async (text) => {
    const { list, rows } = await startApi();
    await rows.insert('ats_jobs', 'job-1', { name: 'Engineer' });
    await rows.insert('ats_jobs', 'job-2', { name: `Sales ${text} more` });
    const found = await list(`/v1/ats/jobs?name_contains=${encodeURIComponent(text)}`);
    expect(found.map(({ remote_id: remoteId }) => remoteId)).toEqual(['job-2']);
  },
);

test('filters narrow each other', async () => {
  const { list, rows } = await startApi();
  await insertSmallWorld(rows);
  expect(await list('/v1/ats/jobs?statuses=OPEN&job_codes=R1')).toHaveLength(1);
  expect(await list('/v1/ats/jobs?statuses=OPEN&job_codes=R2')).toHaveLength(0);
});

test.each(['employment_types=FULL_TIME', 'visibilities=PUBLIC'])(
  '%s targets a field that Gem does not cover: it empties the list unless it is ignored',
  async (filter) => {
    const { list, rows } = await startApi();
    await insertSmallWorld(rows);
    expect(await list(`/v1/ats/jobs?${filter}`)).toHaveLength(0);
    expect(await list(`/v1/ats/jobs?${filter}&ignore_unsupported_filters=true`)).toHaveLength(1);
    expect(await list(`/v1/ats/jobs?${filter}&ignore_unsupported_filters=true&statuses=CLOSED`)).toHaveLength(
      0,
    );
  },
);

test('which fields Gem does not cover is told by the description of a list, and by nothing else', () => {
  expect(unsupportedFilters('getAtsJobs')).toEqual(['employment_types', 'visibilities']);
  expect(unsupportedFilters('getAtsUsers')).toEqual([]);
  expect(unsupportedFilters('checkApiKey')).toEqual([]);
  expect(unsupportedFilters('getNothing')).toEqual([]);
});

test.each([undefined, false, true])(
  'candidates of a job with a deleted application alone: %s',
  async (all) => {
    const { list, rows } = await startApi();
    await insertSmallWorld(rows);
    await rows.update('ats_applications', 'application-1', { remote_deleted_at: '2026-02-01T00:00:00.000Z' });
    const path = `/v1/ats/candidates?job_ids=${rows.id('job-1')}`;
    const found = await list(all === undefined ? path : `${path}&include_deleted=${all}`);
    expect(found).toHaveLength(all === true ? 1 : 0);
  },
);

test.each([
  ['jobs?statuses=GONE', 'statuses[0] must be one of OPEN, CLOSED, DRAFT, ARCHIVED'],
  ['candidates?email=grace', 'query email must be a valid email address'],
  ['users?updated_after=yesterday', 'query updated_after must look like'],
  ['users?updated_after=2026-02-30', 'query updated_after is not a day of the calendar'],
  ['jobs?remote_created_after=2026-02-30', 'query remote_created_after is not a day of the calendar'],
  ['users?include_deleted=perhaps', 'query include_deleted must be of type boolean'],
])('%s is refused with advice', async (path, advice) => {
  const { get } = await startApi();
  const { status, error } = await get(`/v1/ats/${path}`);
  expect([status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
  expect(error.message).toContain(advice);
});

test.each([
  'users?updated_after=0000-01-01',
  'users?updated_after=0001-01-01T00:00%2B14:00',
  'users?updated_after=9999-12-31T23:59-14:00',
  'jobs?remote_created_after=9999-12-31',
])('the ends of time are no failure: %s', async (path) => {
  const { get } = await startApi();
  expect((await get(`/v1/ats/${path}`)).status).toBe(200);
});

test.each(['users?ids=%00', 'jobs?name_contains=a%00b', 'candidates?first_name=%00'])(
  'a character that cannot be stored is refused: %s',
  async (path) => {
    const { get } = await startApi();
    const { status, error } = await get(`/v1/ats/${path}`);
    expect([status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
    expect(error.message).toContain('U+0000');
  },
);

function withIds(rows: Rows, value: string): string {
  return value.replaceAll(/\{([\w-]+)\}/g, (_, remoteId: string) => rows.id(remoteId));
}
