import { expect, onTestFinished, test } from 'vitest';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { startConnector } from '../../../connector/server.ts';
import { clearGoneRows } from '../../../connector/store/queries/expiry.ts';
import { openStore } from '../../../connector/store/open-store.ts';
import { systemClock } from '../../../contracts/clock.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { startGem } from '../../support/gem.ts';

/** A connector of its own, as the scope config is one of the whole environment, with an account that is synced. */
async function start() {
  const gem = await startGem({ scenario: 'default' });
  const place = await placeOnPostgres();
  const connector = await startConnector({ ...place, port: 0, limits: 'off', checkAnswers: true });
  onTestFinished(connector.close);
  const { id } = await connector.connect({
    gem: { url: gem.url, apiKey: gem.apiKey },
    isRemoteDataEnabled: true,
  });
  await connector.sync(id);

  async function call(method: string, path: string, body?: object) {
    const answer = await fetch(`${connector.apiUrl}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${connector.apiKey}`,
        'X-Integration-Id': id,
        'Content-Type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { data, error } = (await answer.json()) as {
      data: { results: Record<string, unknown>[] };
      error?: { code: string | null; message: string };
    };
    return { status: answer.status, data, error };
  }
  const calls = async (operation: string) => {
    const answer = await fetch(`${gem.url}/_control/worlds/default/requests/find`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ operation }),
    });
    return ((await answer.json()) as { count: number }).count;
  };
  const integration = async () => {
    const { data } = await call('GET', `/integrations/${id}`);
    return data as unknown as UnifiedSchemas['Integration'];
  };
  return {
    id,
    place,
    call,
    calls,
    integration,
    list: async (path: string) => (await call('GET', path)).data.results,
    set: (settings: Record<string, string>) => call('PUT', '/scope-config', { settings }),
    sync: async (type: 'FULL' | 'DELTA' = 'DELTA') => connector.sync(id, { type }),
  };
}

test('fields that are off are null for all rows after the next sync, and come back when they are on', async () => {
  const { set, sync, list, integration } = await start();
  const before = await list('/ats/candidates?include_deleted=true');
  const jobs = await list('/ats/jobs');
  expect(before.some(({ email_addresses }) => JSON.stringify(email_addresses) !== '[]')).toBe(true);
  expect(jobs.some(({ description }) => description !== null)).toBe(true);

  const off = {
    'ats_candidates.email_addresses': 'DISABLED',
    'ats_candidates.remote_data': 'DISABLED',
    'ats_jobs.description': 'DISABLED',
    'ats_interviews.stage_id': 'DISABLED',
  };
  expect((await set(off)).data).toMatchObject({ name: 'Not everything', settings: off });
  const told = await integration();
  expect(told.data_expired_at).not.toBeNull();
  expect(told.scope_config.name).toBe('Not everything');
  const emails = told.read_models
    .find(({ id }) => id === 'ats_candidates')
    ?.fields.find(({ id }) => id === 'email_addresses');
  expect(emails).toMatchObject({
    is_available: false,
    scope_config_setting: 'DISABLED',
    opted_out_by_customer: false,
  });

  // A delta was asked for, and everything is read.
  expect(await sync()).toMatchObject({ type: 'FULL', state: 'SUCCEEDED' });
  for (const candidate of await list('/ats/candidates?include_deleted=true')) {
    expect(candidate).toMatchObject({ email_addresses: [], remote_data: null });
  }
  const jobsNow = await list('/ats/jobs');
  expect(jobsNow.map(({ description }) => description)).toEqual(jobs.map(() => null));
  expect(jobsNow.map(({ post_url }) => post_url)).toEqual(jobs.map(({ post_url }) => post_url));
  expect((await list('/ats/interviews')).every(({ stage_id }) => stage_id === null)).toBe(true);
  expect(JSON.stringify(await list('/ats/applications'))).not.toMatch(/email_address"/);
  expect((await integration()).data_expired_at).toBeNull();
  // What is off changes nothing any more.
  const settled = await list('/ats/jobs');
  await sync('FULL');
  expect(await list('/ats/jobs')).toEqual(settled);

  await set({});
  await sync();
  const withoutTime = (items: object[]) => items.map((item) => ({ ...item, changed_at: null }));
  expect(withoutTime(await list('/ats/candidates?include_deleted=true'))).toEqual(withoutTime(before));
  expect((await list('/ats/jobs')).map(({ description }) => description)).toEqual(
    jobs.map(({ description }) => description),
  );
});

test('a model that is off answers MODEL_DISABLED, is deleted by the next sync, and costs no call of Gem', async () => {
  const { id, place, call, calls, set, sync, list, integration } = await start();
  const applications = await list('/ats/applications');
  const lists = ['users', 'jobs', 'candidates', 'applications', 'interviews', 'application-stages'];
  for (const name of lists) {
    await set({ [`ats_${name.replace('-', '_')}`]: 'DISABLED' });
    const statuses = await Promise.all(lists.map(async (one) => (await call('GET', `/ats/${one}`)).status));
    expect(statuses).toEqual(lists.map((one) => (one === name ? 403 : 200)));
  }
  await set({ ats_interviews: 'DISABLED', ats_join_interviews_users: 'DISABLED', ats_users: 'DISABLED' });
  expect(await call('GET', '/ats/interviews')).toMatchObject({
    status: 403,
    error: { code: 'INTEGRATION.MODEL_DISABLED' },
  });
  expect((await call('GET', '/explain/interviews/x')).status).toBe(403);
  const before = await Promise.all(['listScheduledInterviews', 'listUsers', 'listJobs'].map(calls));
  expect(await sync()).toMatchObject({ type: 'FULL', state: 'SUCCEEDED' });
  await sync('FULL');
  const after = await Promise.all(['listScheduledInterviews', 'listUsers', 'listJobs'].map(calls));
  expect([after[0], after[1]]).toEqual([before[0], before[1]]);
  expect(after[2]).toBeGreaterThan(before[2] ?? 0);
  // Nothing of the kind stands in other records either.
  const shown = await list('/ats/applications');
  expect(shown.map(({ interviews }) => interviews)).toEqual(applications.map(() => []));
  expect((await list('/ats/jobs')).flatMap(({ hiring_team }) => hiring_team)).toEqual([]);

  // Their values are dropped like those of everything that is gone.
  const store = await openStore(place);
  onTestFinished(store.close);
  const inTwoWeeks = new Date(Date.now() + 14 * 24 * 3_600_000).toISOString();
  expect(await clearGoneRows(store.database, { before: inTwoWeeks, clock: systemClock })).toBeGreaterThan(0);

  await set({});
  expect(await sync()).toMatchObject({ type: 'FULL', state: 'SUCCEEDED' });
  const back = await list('/ats/applications');
  const named = (items: Record<string, unknown>[]) =>
    items.map(({ interviews }) => (interviews as { remote_id: string }[]).map(({ remote_id }) => remote_id));
  expect(named(back)).toEqual(named(applications));
  expect((await integration()).id).toBe(id);
});

test('an action that is off answers ACTION_DISABLED and writes nothing; of what is optional the customer decides', async () => {
  const { id, call, calls, set, integration } = await start();
  const candidate = {
    candidate: { first_name: 'Ada', last_name: 'Lovelace', email_address: 'ada@example.com' },
    application: { job_id: 'x' },
  };
  const optOut = (parts: string[]) => call('PUT', `/integrations/${id}/opt-outs`, { parts });
  const action = async () =>
    (await integration()).write_actions.find((one) => one.id === 'ats_create_candidate');
  const refused = { status: 403, error: { code: 'INTEGRATION.ACTION_DISABLED' } };

  expect(await optOut(['ats_create_candidate'])).toMatchObject({
    status: 400,
    error: { message: expect.stringContaining('parts[0] is not optional') },
  });
  await set({ ats_create_candidate: 'DISABLED' });
  expect(await call('POST', '/ats/candidates', candidate)).toMatchObject(refused);
  await set({ ats_create_candidate: 'OPTIONAL', 'ats_jobs.name': 'OPTIONAL' });
  expect((await call('POST', '/ats/candidates', candidate)).error?.code).toBe('PLATFORM.INPUT_INVALID');
  expect(await action()).toMatchObject({ is_available: true, opted_out_by_customer: false });
  expect((await optOut(['ats_create_candidate'])).data).toMatchObject({ id });
  expect(await call('POST', '/ats/candidates', candidate)).toMatchObject(refused);
  expect(await action()).toMatchObject({
    is_available: false,
    scope_config_setting: 'OPTIONAL',
    opted_out_by_customer: true,
  });
  expect(await calls('createCandidate')).toBe(0);
});

test('what cannot be set is refused in words, and nothing is', async () => {
  const { set, call } = await start();
  for (const [part, words] of [
    ['ats_jobs.id', 'is always on'],
    ['ats_join_jobs_users.user_id', 'is always on'],
    ['ats_tags', 'is no model, field or action'],
    ['ats_jobs.nothing', 'is no model, field or action'],
    ['ats_jobs.identity', 'is no model, field or action'],
    ['of_ats_jobs.id', 'is no model, field or action'],
    ['ats_join_jobs_users.user_ids', 'is no model, field or action'],
    ['of_ats_join_jobs_users.user_id', 'is no model, field or action'],
  ] as const) {
    const error = { code: 'PLATFORM.INPUT_INVALID', message: expect.stringContaining(words) };
    expect(await set({ 'ats_jobs.name': 'DISABLED', [part]: 'DISABLED' })).toMatchObject({
      status: 400,
      error,
    });
  }
  expect(await set({ ats_jobs: 'OFF' })).toMatchObject({ status: 400 });
  expect((await call('GET', '/scope-config')).data).toMatchObject({ name: 'Everything', settings: {} });
  // What is on is as if nothing was said of it.
  expect(await set({ ats_jobs: 'ENABLED' })).toMatchObject({ status: 200 });
  expect((await call('GET', '/scope-config')).data).toMatchObject({ name: 'Everything', settings: {} });
});
