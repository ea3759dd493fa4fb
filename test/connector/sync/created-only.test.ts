import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createdOnly } from '../../../connector/sync/created-only.ts';
import { applicationRecord, candidateRecord, interviewRecord, oneOfEach } from '../../support/gem-records.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';
import { startApi, type Api } from '../api/support/api.ts';

const lists = ['candidates', 'applications', 'interviews'] as const;

/** An account with a candidate of its own, connected so that only what is created through us is synced. */
async function connect() {
  const stub = await startStubGem(oneOfEach());
  const api = await startApi({ gemUrl: stub.url, isSynced: false });
  await setCreatedOnly(api, true);
  return { stub, api };
}

async function setCreatedOnly({ database, integrationId }: Api, value: boolean): Promise<void> {
  await sql`update integrations set is_created_only = ${value}::boolean where id = ${integrationId}`.execute(
    database,
  );
}

/** What each list shows; in which order its items come depends on their ids. */
async function listed({ list }: Api): Promise<unknown[][]> {
  const items = await Promise.all(lists.map((name) => list(`/v1/ats/${name}`)));
  return items.map((all) => all.map(({ remote_id }) => remote_id).toSorted());
}

/** Creates an application through the unified API, which the stub then has. */
async function create({ stub, api }: Awaited<ReturnType<typeof connect>>, name: string): Promise<void> {
  const application = applicationRecord(`application of ${name}`, name);
  const candidate = candidateRecord(name, { applications: [application] });
  stub.intercept = (request, response) => {
    if (request.method === 'POST') return answer(response, 201, candidate);
    return request.url?.startsWith(`/ats/v0/candidates/${name}`) === true && answer(response, 200, candidate);
  };
  const created = await api.post(`/v1/ats/jobs/${api.rows.id('job-1')}/applications`, {
    candidate: { first_name: 'Mary', last_name: 'Shaw', email_address: `${name}@example.com` },
  });
  expect([created.status, created.text]).toEqual([200, expect.any(String)]);
  stub.intercept = () => false;
  stub.lists.listCandidates?.push(candidate);
  stub.lists.listApplications?.push(application);
  stub.lists.listScheduledInterviews?.push(interviewRecord(`interview of ${name}`, application.id));
}

test('a fresh integration lists no candidates, applications and interviews, and everything else', async () => {
  const { api, stub } = await connect();
  expect(await api.sync('FULL')).toMatchObject({ state: 'SUCCEEDED', problem: null });
  expect(await listed(api)).toEqual([[], [], []]);
  expect(await api.list('/v1/ats/jobs')).toHaveLength(1);
  expect(await api.list('/v1/ats/users')).toHaveLength(2);
  // Nor are they asked for.
  const paths = stub.requests.map(({ url }) => url.pathname);
  expect(paths).not.toContain('/ats/v0/candidates/');
});

test.each(['FULL', 'DELTA'] as const)(
  'a %s sync brings what was created through us, and nobody else',
  async (type) => {
    const connected = await connect();
    const { api, stub } = connected;
    await api.sync('FULL');
    await create(connected, 'mary');
    await create(connected, 'grace');
    stub.requests.length = 0;
    expect(await api.sync(type)).toMatchObject({ type, state: 'SUCCEEDED', problem: null });
    expect(await listed(api)).toEqual([
      ['grace', 'mary'],
      ['application of grace', 'application of mary'],
      ['interview of grace', 'interview of mary'],
    ]);
    const asked = stub.requests.find(({ url }) => url.pathname === '/ats/v0/candidates/');
    expect(asked?.url.searchParams.get('candidate_ids')).toBe('grace,mary');
    const young = stub.requests.find(({ url }) => url.pathname === '/ats/v0/applications/');
    expect(young?.url.searchParams.get('created_after')).toBe('2026-02-28T09:00:00.000Z');

    // From then on it asks for what changes of them.
    stub.requests.length = 0;
    await api.sync('DELTA');
    const changed = stub.requests.find(({ url }) => url.pathname === '/ats/v0/candidates/');
    expect(changed?.url.searchParams.get('updated_after')).toEqual(expect.stringMatching(/^\d{4}-/));
  },
);

test('switching it off makes the next delta sync a full one, which brings everybody; switching it on, none', async () => {
  const { api } = await connect();
  await api.sync('FULL');
  await setCreatedOnly(api, false);
  expect(await api.sync('DELTA')).toMatchObject({ type: 'FULL' });
  expect(await listed(api)).toEqual([['candidate-1'], ['application-1'], ['interview-1']]);
  await setCreatedOnly(api, true);
  expect(await api.sync('DELTA')).toMatchObject({ type: 'FULL' });
  expect(await listed(api)).toEqual([[], [], []]);
});

test('a record counts whether its ids came as texts or as numbers', () => {
  const at = '2026-06-01T00:00:00.000Z';
  const { counts } = createdOnly([{ applicationRemoteId: '7', candidateRemoteId: '8', at }]);
  expect(counts('listApplications', { id: 7 })).toBe(true);
  expect(counts('listCandidates', { id: '8' })).toBe(true);
  expect(counts('listScheduledInterviews', { application_id: 7 })).toBe(true);
  expect(counts('listApplications', { id: 8 })).toBe(false);
  expect(counts('listApplications', null)).toBe(false);
});
