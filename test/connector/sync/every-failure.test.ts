import type { IncomingMessage, ServerResponse } from 'node:http';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createGemClient } from '../../../connector/gem/client.ts';
import { listings, routeOf, lookups } from '../../../connector/models/listings.ts';
import type { SyncState } from '../../../connector/store/queries/syncs.ts';
import { impatient, useStore } from '../../support/connected.ts';
import { someOf } from '../../support/deep.ts';
import { oneOfEach } from '../../support/gem-records.ts';
import { answer, startStubGem, type StubGem } from '../../support/stub-gem.ts';

const { store, connect } = useStore();

type Respond = (request: IncomingMessage, response: ServerResponse) => true;

interface Failure {
  name: string;
  respond: Respond;
  /** How often the page is asked for before it is given up. */
  attempts: number;
  /** How a sync ends that meets it in the list of candidates, again and again. */
  state: SyncState;
  problem: string;
  /** How a sync ends that meets it in every list, where that is not FAILED. */
  onAll?: SyncState;
  /** Milliseconds after which an answer is waited for no more: few where the test waits for it to happen. */
  timeout?: number;
}

const refuse =
  (status: number, body: unknown): Respond =>
  (_request, response) =>
    answer(response, status, body);
const text =
  (body: string): Respond =>
  (_request, response) => {
    response.end(body);
    return true;
  };
const envelope = (code: number) => ({ code, status: 'Bad', message: 'no' });
const leftOut = (why: string) => `lists that were left out: /candidates/ (${why})`;

const failures: readonly Failure[] = [
  {
    name: '401',
    respond: refuse(401, envelope(401)),
    attempts: 1,
    state: 'AUTHENTICATION_FAILED',
    problem: 'Gem refused the API key',
  },
  {
    name: '403 of the gateway',
    respond: refuse(403, { message: 'Forbidden' }),
    attempts: 1,
    state: 'PARTIALLY_FAILED',
    problem: leftOut("Gem's gateway does not let the key through to this list"),
    onAll: 'AUTHENTICATION_FAILED',
  },
  {
    name: '403 of the gateway for a route that it does not have',
    respond: refuse(403, { message: 'Missing Authentication Token' }),
    attempts: 1,
    state: 'PARTIALLY_FAILED',
    problem: leftOut('Gem does not have this operation'),
  },
  {
    name: '403 of Gem',
    respond: refuse(403, envelope(403)),
    attempts: 1,
    state: 'PARTIALLY_FAILED',
    problem: leftOut('Gem does not permit it to this key: no'),
    onAll: 'AUTHENTICATION_FAILED',
  },
  ...someOf([400, 409, 413, 415, 422]).map((status) => ({
    name: String(status),
    respond: refuse(status, envelope(status)),
    attempts: 1,
    state: 'PARTIALLY_FAILED' as const,
    problem: leftOut('Gem refused the input: no'),
  })),
  {
    name: '404',
    respond: refuse(404, envelope(404)),
    attempts: 1,
    state: 'PARTIALLY_FAILED',
    problem: leftOut('Gem has no such list'),
  },
  ...someOf([405, 501]).map((status) => ({
    name: String(status),
    respond: refuse(status, envelope(status)),
    attempts: 1,
    state: 'PARTIALLY_FAILED' as const,
    problem: leftOut('Gem does not have this operation'),
  })),
  {
    name: '429',
    respond: refuse(429, { message: 'Too Many Requests' }),
    attempts: 3,
    state: 'PARTIALLY_FAILED',
    problem: leftOut('Gem throttles the API key'),
  },
  ...someOf([503, 408, 425, 500, 502, 504]).map((status) => ({
    name: String(status),
    respond: refuse(status, { message: 'Internal server error' }),
    attempts: 3,
    state: 'PARTIALLY_FAILED' as const,
    problem: leftOut(`Gem failed with status ${status}`),
  })),
  {
    name: 'silence',
    respond: () => true,
    attempts: 3,
    timeout: 150,
    state: 'PARTIALLY_FAILED',
    problem: leftOut('Gem did not answer in time'),
  },
  {
    name: 'a connection that is cut',
    respond: (request) => {
      request.socket.destroy();
      return true;
    },
    attempts: 3,
    state: 'PARTIALLY_FAILED',
    problem: leftOut('Gem could not be reached'),
  },
  {
    name: 'half an answer',
    respond: (_request, response) => {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('[', () => response.destroy());
      return true;
    },
    attempts: 3,
    state: 'PARTIALLY_FAILED',
    problem: leftOut('Gem could not be reached'),
  },
  ...someOf(['<html>', '', '[{"id":']).map((body) => ({
    name: `the body ${JSON.stringify(body)}`,
    respond: text(body),
    attempts: 2,
    state: 'PARTIALLY_FAILED' as const,
    problem: leftOut('Gem did not answer with JSON'),
  })),
  ...someOf(['{"data":[]}', 'null', '"x"']).map((body) => ({
    name: `the body ${body}`,
    respond: text(body),
    attempts: 1,
    state: 'PARTIALLY_FAILED' as const,
    problem: leftOut("Gem's answer to listCandidates is not a list"),
  })),
  {
    name: 'a redirect',
    respond: refuse(302, {}),
    attempts: 1,
    state: 'PARTIALLY_FAILED',
    problem: leftOut('Gem answered with status 302'),
  },
];

/** Lets the list of candidates fail. */
function failAtCandidates(stub: StubGem, respond: Respond): void {
  stub.intercept = (request, response) =>
    request.url?.startsWith('/ats/v0/candidates/') === true && respond(request, response);
}

describe.each(failures)('$name', ({ respond, attempts, state, problem, onAll, timeout = 400 }) => {
  test(`for good: ${attempts} attempts, ${state}, the rows stay as they are, and the others follow`, async () => {
    const stub = await startStubGem(oneOfEach());
    const { sync, rows, integration } = await connect(stub);
    const gem = createGemClient({ ...integration.gem, retry: impatient, timeout });
    await sync();
    stub.lists.listJobStages = stub.lists.listJobStages?.slice(1) ?? [];
    const before = await rows('ats_candidates');
    failAtCandidates(stub, respond);
    stub.requests.length = 0;
    expect(await sync({ gem })).toMatchObject({ state, problem });
    const asked = stub.requests.filter(({ url }) => url.pathname === '/ats/v0/candidates/');
    expect(asked).toHaveLength(attempts);
    expect(await rows('ats_candidates')).toEqual(before);
    // Whether the others were read: they come after candidates.
    const wentOn = stub.requests.some(({ url }) => url.pathname === '/ats/v0/scheduled_interviews/');
    expect(wentOn).toBe(state === 'PARTIALLY_FAILED');
    const stages = await rows('ats_application_stages');
    expect(stages.some((row) => row['remote_deleted_at'] !== null)).toBe(wentOn);
  });

  test('in every list: nothing is served, and the sync says what is wrong', async () => {
    const stub = await startStubGem(oneOfEach());
    const { sync, stored, integration } = await connect(stub);
    const gem = createGemClient({ ...integration.gem, retry: { limit: 0 }, timeout });
    stub.intercept = respond;
    expect(await sync({ gem })).toMatchObject({
      state: onAll ?? (state === 'AUTHENTICATION_FAILED' ? state : 'FAILED'),
    });
    expect((await stored())?.firstSyncedAt).toBeNull();
  });

  test.runIf(attempts > 1)('once: it is asked again, and nothing is missing', async () => {
    const stub = await startStubGem(oneOfEach());
    const { sync, rows, integration } = await connect(stub);
    const gem = createGemClient({ ...integration.gem, retry: impatient, timeout });
    let hasFailed = false;
    failAtCandidates(stub, (request, response) => {
      // Later requests go on to the lists.
      stub.intercept = () => false;
      hasFailed = true;
      return respond(request, response);
    });
    expect(await sync({ gem })).toMatchObject({ state: 'SUCCEEDED', problem: null });
    expect(hasFailed).toBe(true);
    expect(await rows('ats_candidates')).toHaveLength(1);
  });
});

describe('a list that Gem does not have', () => {
  test.each(lookups.map(({ operation }) => operation))(
    '%s fails no sync, and is spoken of',
    async (operation) => {
      const stub = await startStubGem(oneOfEach());
      const { sync } = await connect(stub);
      stub.intercept = (request, response) =>
        request.url?.includes(routeOf(operation)) === true && answer(response, 404, envelope(404));
      const problem = `lists that were left out: ${routeOf(operation)} (Gem has no such list)`;
      expect(await sync()).toMatchObject({ state: 'SUCCEEDED', problem });
      expect(await sync({ type: 'DELTA' })).toMatchObject({ type: 'DELTA', state: 'SUCCEEDED', problem });
    },
  );

  test('keeps its rows, is read whole by a delta sync once it is there, and keeps none from being one', async () => {
    const stub = await startStubGem(oneOfEach());
    const { sync, rows } = await connect(stub);
    failAtCandidates(stub, refuse(404, envelope(404)));
    expect(await sync()).toMatchObject({ state: 'PARTIALLY_FAILED' });
    expect(await sync({ type: 'DELTA' })).toMatchObject({ type: 'DELTA', state: 'PARTIALLY_FAILED' });
    stub.intercept = () => false;
    stub.requests.length = 0;
    expect(await sync({ type: 'DELTA' })).toMatchObject({ type: 'DELTA', state: 'SUCCEEDED' });
    const first = stub.requests.find(({ url }) => url.pathname === '/ats/v0/candidates/');
    expect(first?.url.searchParams.has('updated_after')).toBe(false);
    expect(await rows('ats_candidates')).toHaveLength(1);
  });

  test('is as good as none when it is every one of them: FAILED, and no data', async () => {
    const stub = await startStubGem(oneOfEach());
    const { sync, stored } = await connect(stub);
    stub.intercept = (_request, response) => answer(response, 404, envelope(404));
    expect(await sync()).toMatchObject({ state: 'FAILED' });
    expect((await stored())?.firstSyncedAt).toBeNull();
  });
});

// One list of each kind in which records may be without an id; every one in a deep run.
test.each(
  someOf(
    listings.map(({ operation }) => operation),
    4,
  ),
)(
  'a record of %s without an id is kept aside in a delta sync too, and shown until a full sync finds all well',
  async (operation) => {
    const stub = await startStubGem(oneOfEach());
    const { sync, integration } = await connect(stub);
    await sync();
    const good = stub.lists[operation] ?? [];
    const [record] = good;
    stub.lists[operation] = [{ ...Object(record), id: undefined }];
    const problem = `records that could not be used: 1 of ${routeOf(operation)}`;
    expect(await sync({ type: 'DELTA' })).toMatchObject({ state: 'PARTIALLY_FAILED', problem });
    const { rows } = await sql`
      select remote_id from rejected_records where integration_id = ${integration.id}
    `.execute(store().database);
    expect(rows).toEqual([{ remote_id: expect.stringMatching(/^without an id: /) }]);
    stub.lists[operation] = [];
    expect(await sync({ type: 'DELTA' })).toMatchObject({ state: 'PARTIALLY_FAILED', problem });
    stub.lists[operation] = good;
    expect(await sync()).toMatchObject({ state: 'SUCCEEDED', problem: null });
  },
);
