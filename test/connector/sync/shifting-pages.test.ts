import { describe, expect, onTestFinished, test } from 'vitest';
import { pagesOf } from '../../../connector/gem/pages.ts';
import type { GemClient } from '../../../connector/gem/client.ts';
import { listings } from '../../../connector/models/listings.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';
import { applyEdits } from '../../../mock-server/edits/apply-edits.ts';
import type { RecordTypes, ResourceName } from '../../../seeds/index.ts';
import { useStore } from '../../support/connected.ts';
import { postRecord, userRecord } from '../../support/gem-records.ts';
import { answer, startStubGem, type StubGem } from '../../support/stub-gem.ts';
import { comparable, contentsOf } from './support/contents.ts';
import { furnish } from './support/recruiting.ts';
import { beforePage, smallPages } from './support/small-pages.ts';

const { connect } = useStore();
const another = useStore();

/** Which records each list holds. */
const resources: Record<(typeof listings)[number]['operation'], ResourceName> = {
  listUsers: 'users',
  listJobs: 'jobs',
  listJobStages: 'job_stages',
  listJobPosts: 'job_posts',
  listCandidates: 'candidates',
  listApplications: 'applications',
  listScheduledInterviews: 'scheduled_interviews',
};

async function startFurnished(order: 'oldest_first' | 'newest_first'): Promise<MockGem> {
  const gem = await startMockGem({
    port: 0,
    scenario: 'empty',
    switches: { rate_limit: 'off', list_order: order },
  });
  onTestFinished(gem.close);
  for (let times = 0; times < 2; times += 1) furnish(gem.world);
  for (const { record } of gem.world.store.collection('applications').entries()) {
    const stages = gem.world.store.collection('job_stages').by('job_id', record.job_id);
    const interviewed = stages.find(({ interviews }) => interviews.length > 0);
    applyEdits(gem.world, [
      { do: 'move', application: record.id, stage: interviewed?.id ?? '' },
      { do: 'create', resource: 'scheduled_interviews', set: { application_id: record.id } },
    ]);
  }
  return gem;
}

/** In one list: the first record is deleted, the last one changes, and a new one appears. */
function stir<Name extends ResourceName>({ world }: MockGem, resource: Name): void {
  const records: RecordTypes[Name][] = [...world.store.collection(resource).entries()].map(
    ({ record }) => record,
  );
  if (records.length < 2) throw new Error(`there are too few ${resource}`);
  const now = world.now();
  const put = (record: RecordTypes[Name], more: object) => {
    const times = ['updated_at', 'last_activity', 'last_activity_at'].filter((time) => time in record);
    const touched: RecordTypes[Name] = { ...record };
    Object.assign(touched, more, Object.fromEntries(times.map((time) => [time, now])));
    world.store.put(resource, touched);
  };
  for (const last of records.slice(-1)) {
    const stage = resource === 'job_stages' ? { interviews: [] } : {};
    put(last, { ...stage, id: `new-${resource}`, created_at: now });
    put(last, {});
  }
  for (const first of records.slice(0, 1)) put(first, { deleted_at: now });
}

describe.each(['oldest_first', 'newest_first'] as const)('in lists that run %s', (order) => {
  test.each(['FULL', 'DELTA'] as const)(
    'a %s sync loses nothing to what is created, changed and deleted between the first two pages of each',
    async (type) => {
      const gem = await startFurnished(order);
      const connected = await connect(gem);
      const client = smallPages(connected.gem, 2);
      if (type === 'DELTA') await connected.sync();
      const stirred = listings.reduce(
        (before, { operation }) =>
          beforePage(before, operation, 2, () => stir<ResourceName>(gem, resources[operation])),
        client,
      );
      expect(await connected.sync({ type, gem: stirred })).toMatchObject({ type, state: 'SUCCEEDED' });
      const met = await contentsOf(connected);
      for (const resource of Object.values(resources)) {
        for (const { record } of gem.world.store.collection(resource).entries()) {
          // Nothing that was there before is missing, whatever moved.
          const isStored = [...met.values()].some(({ remote_id }) => remote_id === record.id);
          expect([record.id, isStored || record.id === `new-${resource}`]).toEqual([record.id, true]);
        }
      }
      // What was created or changed after its page was read is for the next one.
      await connected.sync({ type: 'DELTA', gem: client });
      const fresh = await another.connect(gem);
      await fresh.sync();
      const [ours, theirs] = [await contentsOf(connected), await contentsOf(fresh)];
      expect(comparable(ours, theirs)).toEqual(comparable(theirs, ours));
    },
  );
});

describe('when records vanish from a list while it is read', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

  test.each([2, 3, 4])('posts are found that moved up before page %i', async (page) => {
    const stub = await startStubGem({ listJobPosts: ids.map((id) => postRecord(id, 'job-1')) });
    stub.pageSize = 2;
    const { sync, gem, rows } = await connect(stub);
    const vanishing = beforePage(gem, 'listJobPosts', page, () => stub.lists.listJobPosts?.shift());
    expect(await sync({ gem: vanishing })).toMatchObject({ state: 'SUCCEEDED' });
    expect((await rows('ats_job_postings')).map(({ remote_id }) => remote_id)).toEqual(ids);
  });

  test.each([1, 2, 4])(
    '%i of them are noticed by the length of the list, where Gem tells it',
    async (gone) => {
      const stub = await startStubGem({ listUsers: ids.map((id) => userRecord(id)) });
      stub.pageSize = 2;
      countRecords(stub);
      const { sync, gem, rows } = await connect(stub);
      const vanishing = beforePage(gem, 'listUsers', 3, () => stub.lists.listUsers?.splice(0, gone));
      expect(await sync({ gem: vanishing })).toMatchObject({ state: 'SUCCEEDED' });
      expect((await rows('ats_users')).map(({ remote_id }) => remote_id)).toEqual(ids);
    },
  );

  test('also those that vanish while a killed sync waits to be resumed', async () => {
    const stub = await startStubGem({ listUsers: ids.map((id) => userRecord(id)) });
    stub.pageSize = 2;
    countRecords(stub);
    const { sync, gem, rows } = await connect(stub);
    const dying: GemClient = {
      ...gem,
      ask: (id, call, signal) =>
        id === 'listUsers' && call.query?.['page'] === 3 ? new Promise(() => {}) : gem.ask(id, call, signal),
    };
    await new Promise<void>((resolve) => {
      void sync({ gem: dying, onProgress: ({ records }) => records === 4 && resolve() });
    });
    stub.lists.listUsers?.splice(0, 3);
    await sync();
    expect((await rows('ats_users')).map(({ remote_id }) => remote_id)).toEqual(ids);
  });

  test('what is read stays the same in cost where nothing vanishes: each page once', async () => {
    const stub = await startStubGem({ listUsers: ids.map((id) => userRecord(id)) });
    stub.pageSize = 2;
    countRecords(stub);
    const { gem } = await connect(stub);
    stub.requests.length = 0;
    for await (const { records } of pagesOf(gem, 'listUsers')) expect(records.length).toBeLessThan(3);
    expect(stub.requests).toHaveLength(5);
  });
});

/** Lets the stub say how many users there are. */
function countRecords(stub: StubGem): void {
  stub.intercept = (request, response) => {
    const target = new URL(request.url ?? '', 'http://stub');
    if (target.pathname !== '/ats/v0/users/') return false;
    const records = stub.lists.listUsers ?? [];
    const first = (Number(target.searchParams.get('page')) - 1) * stub.pageSize;
    const pagination = JSON.stringify({ total: records.length });
    return answer(response, 200, records.slice(first, first + stub.pageSize), { 'X-Pagination': pagination });
  };
}
