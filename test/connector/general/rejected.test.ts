// Records of Gem that could not be used: listed, tried again, dropped.
import { expect, test } from 'vitest';
import { saveRejected } from '../../../connector/store/queries/rejected.ts';
import { candidateRecord, userRecord } from '../../support/gem-records.ts';
import { answer, startStubGem, type StubGem } from '../../support/stub-gem.ts';
import { startApi, type Api } from '../api/support/api.ts';

const at = '2026-06-02T00:00:00.000Z';

/** An API whose Gem has records that a sync could not use, and that are asked for one by one. */
async function open(): Promise<{ api: Api; stub: StubGem; path: string }> {
  const stub = await startStubGem({ listUsers: [{ first_name: 'Nobody', a: 1 }, userRecord('user-1')] });
  const api = await startApi({ gemUrl: stub.url });
  expect((await api.sync('FULL')).state).toBe('PARTIALLY_FAILED');
  const ofGem = (remoteId: string) => ({
    remoteId,
    reason: 'the record could not be mapped',
    record: { id: remoteId },
  });
  const { integrationId, database } = api;
  await saveRejected(database, {
    integrationId,
    listing: 'listCandidates',
    rejected: [ofGem('there'), ofGem('gone')],
    at,
  });
  stub.intercept = (request, response) => {
    if (request.url?.includes('/candidates/there')) {
      return answer(response, 200, candidateRecord('there', { first_name: 'Ada' }));
    }
    return request.url?.includes('/candidates/gone') ? answer(response, 404, { code: 404 }) : false;
  };
  return { api, stub, path: `/v1/integrations/${integrationId}/rejected-records` };
}

test('they are listed with the reason, the newest first', async () => {
  const { api, path } = await open();
  const { data } = await api.get(path);
  expect(data).toMatchObject({
    total: 3,
    results: [
      { listing: 'listCandidates', remote_id: 'gone', has_id: true, rejected_at: at },
      { listing: 'listCandidates', remote_id: 'there', record: { id: 'there' } },
      {
        listing: 'listUsers',
        has_id: false,
        reason: 'the record has no id that can be used',
        record: { first_name: 'Nobody' },
      },
    ],
  });
  const { data: integrations } = await api.get('/v1/integrations');
  expect(integrations.results).toMatchObject([
    { id: api.integrationId, status: 'ACTIVE', rejected_records: 3 },
  ]);
});

test('tried again, one that Gem has is used, one that it has no longer is forgotten, and the others stay', async () => {
  const { api, stub, path } = await open();
  const [, , nameless] = (await api.get(path)).data.results;
  const retry = async (listing: string, remote_id: unknown) =>
    (await api.post(`${path}/try-again`, { listing, remote_id })).data;
  expect(await retry('listCandidates', 'there')).toEqual({ state: 'STORED', reason: null });
  expect(await retry('listCandidates', 'gone')).toEqual({ state: 'GONE', reason: null });
  expect(await retry('listCandidates', 'there')).toEqual({ state: 'NOT_REJECTED', reason: null });
  expect(await retry('listUsers', nameless?.['remote_id'])).toEqual({
    state: 'REJECTED',
    reason: 'the record has no id that can be used',
  });
  expect(await api.list('/v1/ats/candidates')).toMatchObject([{ remote_id: 'there', first_name: 'Ada' }]);

  // Of what may not be asked for one by one, Gem's word that it is not there says nothing.
  const kept = { integrationId: api.integrationId, listing: 'listUsers' as const, at };
  const record = userRecord('kept', { first_name: 'Kept' });
  await saveRejected(api.database, { ...kept, rejected: [{ remoteId: 'kept', reason: 'a defect', record }] });
  stub.intercept = (request, response) =>
    request.url?.includes('/users/kept') === true && answer(response, 404, { code: 404 });
  expect(await retry('listUsers', 'kept')).toEqual({ state: 'STORED', reason: null });
  expect((await api.list('/v1/ats/users')).map(({ first_name }) => first_name)).toContain('Kept');
  expect((await api.get(path)).data).toMatchObject({ total: 1, results: [{ listing: 'listUsers' }] });
});

test('tried again, what is no record at all stays rejected', async () => {
  const { api, path } = await open();
  const { integrationId, database } = api;
  for (const [record, name] of [
    [null, 'nothing'],
    ['text', 'a text'],
  ]) {
    const rejected = [{ remoteId: name ?? '', reason: 'the record has no id that can be used', record }];
    await saveRejected(database, { integrationId, listing: 'listUsers', rejected, at });
    const { data } = await api.post(`${path}/try-again`, { listing: 'listUsers', remote_id: name });
    expect(data).toEqual({ state: 'REJECTED', reason: 'the record has no id that can be used' });
  }
});

test('one that Gem does not give at the moment stays, and the call says why', async () => {
  const { api, stub, path } = await open();
  stub.intercept = (_request, response) => answer(response, 503, { message: 'Service Unavailable' });
  const { status, text } = await api.post(`${path}/try-again`, {
    listing: 'listCandidates',
    remote_id: 'there',
  });
  expect([status, text]).toEqual([503, expect.stringContaining('Gem')]);
  expect((await api.get(path)).data).toMatchObject({ total: 3 });
});

test('one is shown by its shape, without what it holds, and with where it departs', async () => {
  const { api, path } = await open();
  const [, , nameless] = (await api.get(path)).data.results;
  const remoteId = String(nameless?.['remote_id']);
  const { data, text } = await api.get(
    `${path}/shape?${new URLSearchParams({ listing: 'listUsers', remote_id: remoteId })}`,
  );
  expect(data).toMatchObject({
    listing: 'listUsers',
    has_id: false,
    reason: 'the record has no id that can be used',
    shape: { first_name: 'string', a: 'integer' },
  });
  expect(text).not.toContain('Nobody');
  const unknown = await api.get(`${path}/shape?listing=listUsers&remote_id=unknown`);
  expect([unknown.status, unknown.error.message]).toEqual([
    404,
    'This integration has no such rejected record. Take both names from /rejected-records.',
  ]);
});

test('tried again all at once, each becomes what it would by itself', async () => {
  const { api, path } = await open();
  const { data } = await api.post(`${path}/try-all-again`, {});
  expect(data).toEqual({ stored: 1, rejected: 1, gone: 1 });
  expect((await api.get(path)).data).toMatchObject({ total: 1, results: [{ listing: 'listUsers' }] });
});

test('dropped, it is forgotten', async () => {
  const { api, path } = await open();
  const gone = { listing: 'listCandidates', remote_id: 'gone' };
  expect((await api.post(`${path}/drop`, gone)).status).toBe(200);
  expect((await api.get(path)).data).toMatchObject({ total: 2 });
  expect((await api.post(`${path}/drop`, gone)).status).toBe(200);
});

test('those of another environment cannot be seen, tried or dropped', async () => {
  const { path } = await open();
  const other = await startApi();
  const name = { listing: 'listCandidates', remote_id: 'there' };
  const answers = [
    await other.get(path),
    await other.post(`${path}/try-again`, name),
    await other.post(`${path}/drop`, name),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  const { data } = await other.get('/v1/integrations');
  expect(data.results).toMatchObject([{ id: other.integrationId }]);
});
