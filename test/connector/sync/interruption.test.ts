import { expect, test } from 'vitest';
import { findSync } from '../../../connector/store/queries/syncs.ts';
import { ShuttingDown, SyncCancelled, SyncTimedOut } from '../../../connector/sync/outcome.ts';
import { useStore } from '../../support/connected.ts';
import { oneOfEach, userRecord } from '../../support/gem-records.ts';
import { startStubGem } from '../../support/stub-gem.ts';

const { store, connect } = useStore();

test.each([
  [new SyncCancelled(), 'CANCELLED', 'the sync was cancelled'],
  [new SyncTimedOut(), 'TIMED_OUT', 'the sync took too long'],
] as const)(
  'a sync that is told to stop by %s ends as %s, and the next one begins anew',
  async (reason, state, problem) => {
    const stub = await startStubGem(oneOfEach());
    const { sync, rows, stored } = await connect(stub);
    const told = new AbortController();
    const summary = await sync({
      signal: told.signal,
      onProgress: ({ listing }) => listing === 'listJobs' && told.abort(reason),
    });
    expect(summary).toMatchObject({ state, problem });
    expect(await findSync(store().database, summary.syncId)).toMatchObject({ state, problem });
    expect(await rows('ats_users')).toHaveLength(2);
    expect((await stored())?.firstSyncedAt).toBeNull();
    expect(await sync({ type: 'DELTA' })).toMatchObject({ type: 'FULL', state: 'SUCCEEDED' });
  },
);

test.each([new ShuttingDown(), undefined])(
  'one that is told to stop by %s stays RUNNING and goes on where it stood',
  async (reason) => {
    const stub = await startStubGem({
      ...oneOfEach(),
      listUsers: ['a', 'b', 'c'].map((id) => userRecord(id)),
    });
    stub.pageSize = 2;
    const { sync } = await connect(stub);
    const told = new AbortController();
    const first = await sync({
      signal: told.signal,
      onProgress: ({ listing }) => listing === 'listUsers' && told.abort(reason),
    });
    expect(first.state).toBe('RUNNING');
    expect(await findSync(store().database, first.syncId)).toMatchObject({ state: 'RUNNING', endedAt: null });
    stub.requests.length = 0;
    expect(await sync()).toMatchObject({ syncId: first.syncId, state: 'SUCCEEDED' });
    const pages = stub.requests.map(({ url }) => `${url.pathname} ${url.searchParams.get('page')}`);
    expect(pages[0]).toBe('/ats/v0/users/ 2');
  },
);

test.each([
  ['counts from when it began', '2031-01-01T10:00:00.000Z', '2031-01-01T09:45:00.000Z'],
  ['cannot be counted from, where Gem did not tell the time by then', undefined, undefined],
])('a sync that was resumed %s', async (_, began, counted) => {
  const stub = await startStubGem({ listUsers: ['a', 'b', 'c'].map((id) => userRecord(id)) });
  stub.pageSize = 2;
  let date: string | undefined = began;
  stub.intercept = (_request, response) => {
    response.sendDate = false;
    if (date !== undefined) response.setHeader('Date', new Date(date).toUTCString());
    return false;
  };
  const { sync } = await connect(stub);
  const told = new AbortController();
  await sync({
    signal: told.signal,
    onProgress: ({ listing }) => listing === 'listUsers' && told.abort(new ShuttingDown()),
  });
  date = '2031-01-01T12:00:00.000Z';
  expect(await sync()).toMatchObject({ state: 'SUCCEEDED' });
  stub.requests.length = 0;
  await sync({ type: 'DELTA' });
  const users = stub.requests.find(({ url }) => url.pathname.endsWith('/users/'));
  expect(users?.url.searchParams.get('updated_after') ?? undefined).toBe(counted);
});

test('a call that hangs is broken off at once', async () => {
  const stub = await startStubGem(oneOfEach());
  const { sync } = await connect(stub);
  const told = new AbortController();
  stub.intercept = (request) => {
    const hangs = request.url?.includes('/jobs/') === true;
    if (hangs) told.abort(new ShuttingDown());
    return hangs;
  };
  expect(await sync({ signal: told.signal })).toMatchObject({ state: 'RUNNING' });
});
