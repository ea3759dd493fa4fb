// A sync whose process is killed, again and again, at points that follow from a seed. DEEP=1 kills fifty times.
import { fc } from '@fast-check/vitest';
import { sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import { createGemClient } from '../../../connector/gem/client.ts';
import { models } from '../../../connector/models/index.ts';
import { openStore, type OpenStore, type Store } from '../../../connector/store/open-store.ts';
import { createEnvironment } from '../../../connector/store/queries/environments.ts';
import { listSyncs } from '../../../connector/store/queries/syncs.ts';
import { connectIntegration } from '../../../connector/connect/connect-integration.ts';
import { syncNow } from '../../../connector/work/sync.ts';
import { readWorkSettings } from '../../../connector/work/worker.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { applicationRecord, candidateRecord, oneOfEach, userRecord } from '../../support/gem-records.ts';
import { root, run } from '../../support/process.ts';
import { startStubGem, type StubGem } from '../../support/stub-gem.ts';
import type { Told } from './support/sync-in-child.ts';
import { isDeep } from '../../support/deep.ts';

const instant = '2026-06-01T00:00:00.000Z';
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** When the process is killed: at which of its requests, and how long after that was answered, if it was. */
const moments = fc.record({
  request: fc.integer({ min: 1, max: 24 }),
  milliseconds: fc.option(fc.integer({ min: 0, max: 12 })),
});

describe.each([
  { name: 'PGlite', makePlace: placeInFolder, kills: isDeep ? 50 : 1 },
  { name: 'PostgreSQL', makePlace: () => placeOnPostgres(), kills: isDeep ? 50 : 3 },
])(
  'a sync whose process is killed, on $name',
  { timeout: isDeep ? 1_800_000 : 120_000 },
  ({ makePlace, kills }) => {
    test('comes to the same store as one that is not: nothing twice, nothing lost', async () => {
      const stub = await startStubGem(smallWorld());
      stub.pageSize = 2;
      stub.tellsTotal = true;
      const place = await makePlace();
      const expected = await reference(stub);
      let store = await openStore(place);
      const counted = { killed: 0, resumed: 0 };

      for (const moment of fc.sample(moments, { seed: 20_260_601, numRuns: kills })) {
        const integrationId = await connectAnew(store, stub);
        await store.close();
        const wasKilled = await syncUntil(moment, stub, { place, integrationId, instant });
        const asked = pagesOf(stub);
        stub.requests.length = 0;
        store = await openStore(place);
        const [left] = await listSyncs(store.database, { integrationId, limit: 10 });
        await finish(store, integrationId);

        expect(await rowsOf(store, integrationId), JSON.stringify(moment)).toEqual(expected);
        const syncs = await listSyncs(store.database, { integrationId, limit: 10 });
        expect(syncs).toMatchObject([{ state: 'SUCCEEDED', rejectedCount: 0 }]);
        if (wasKilled) counted.killed += 1;
        if (left?.state !== 'RUNNING') continue;
        // What is written is not read again: the candidates go on with the page that was read last, or the one before.
        counted.resumed += 1;
        expect(Math.min(...pagesOf(stub), 99)).toBeGreaterThanOrEqual(Math.max(...asked, 2) - 1);
        expect(syncs[0]?.id).toBe(left.id);
      }
      await store.close();
      expect(counted.killed).toBeGreaterThan(kills / 2);
      expect(counted.resumed).toBeGreaterThan(kills / 2 - 1);
    });
  },
);

function smallWorld() {
  return {
    ...oneOfEach(),
    listUsers: ['user-1', 'user-2', ...ids].map((id) => userRecord(id)),
    listCandidates: ids.map((id) => candidateRecord(id)),
    listApplications: ids.map((id) => applicationRecord(`application-${id}`, id)),
  };
}

async function placeInFolder(): Promise<OpenStore> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'kills-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
  return { dataDirectory };
}

/** Removes what an earlier round left, and connects the account: the same account is the same integration. */
async function connectAnew(store: Store, stub: StubGem): Promise<string> {
  await sql`delete from integrations`.execute(store.database);
  await createEnvironment(store.database, {
    id: 'environment',
    name: 'E',
    apiKey: 'key',
    createdAt: instant,
  });
  const { id } = await connectIntegration({
    store,
    clock: fixedClock(instant),
    environmentId: 'environment',
    gem: { url: stub.url, apiKey: 'secret' },
    actingUserId: 'user-1',
    endUserOrganizationName: 'Acme',
    isRemoteDataEnabled: true,
  });
  stub.requests.length = 0;
  return id;
}

/** Lets a process sync, and kills it at a moment, unless it has finished by then. */
async function syncUntil(
  { request: last, milliseconds }: { request: number; milliseconds: number | null },
  stub: StubGem,
  told: Told,
): Promise<boolean> {
  const child = run('node', [`${root}/test/connector/work/support/sync-in-child.ts`, JSON.stringify(told)]);
  stub.intercept = () => {
    if (stub.requests.length < last) return false;
    // A process that is killed is not answered any more, or has been just before.
    if (milliseconds === null) child.child.kill('SIGKILL');
    else if (stub.requests.length === last) setTimeout(() => child.child.kill('SIGKILL'), milliseconds);
    return milliseconds === null;
  };
  const { code, stderr } = await child.ended;
  stub.intercept = () => false;
  expect(stderr).toBe('');
  return code === null;
}

function finish(store: Store, integrationId: string) {
  const settings = readWorkSettings();
  const clock = fixedClock(instant);
  const context = { store, clock, settings, clientOf: ({ gem }: Account) => createGemClient(gem) };
  return syncNow(context, integrationId, { signal: new AbortController().signal });
}

type Account = Parameters<Parameters<typeof syncNow>[0]['clientOf']>[0];

async function reference(stub: StubGem): Promise<unknown[]> {
  const store = await openStore();
  const integrationId = await connectAnew(store, stub);
  await finish(store, integrationId);
  const rows = await rowsOf(store, integrationId);
  await store.close();
  expect(rows.length).toBeGreaterThan(30);
  return rows;
}

/** Every row of every model, without the numbers that tell in which order rows came and were read. */
async function rowsOf({ database }: Store, integrationId: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const { name } of models) {
    const { rows } = await sql<{ row: object }>`
      select to_jsonb(present) - 'number' - 'reading' || jsonb_build_object('model', ${name}::text) as row from ${sql.table(name)} as present
      where integration_id = ${integrationId} order by id collate "C"
    `.execute(database);
    all.push(...rows.map(({ row }) => row));
  }
  return all;
}

/** The pages of the candidates that were asked for. */
function pagesOf({ requests }: StubGem): number[] {
  return requests
    .filter(({ url }) => url.pathname === '/ats/v0/candidates/')
    .map(({ url }) => Number(url.searchParams.get('page')));
}
