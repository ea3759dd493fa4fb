// Syncs that are killed one after the other, while the data at Gem changes before, during and after each of them. In the
// deep run a thousand times on an embedded store and two hundred times on PostgreSQL; KILLS says how often otherwise.
import { fc } from '@fast-check/vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../contracts/clock.ts';
import { openStore, type OpenStore } from '../../../connector/store/open-store.ts';
import { createEnvironment } from '../../../connector/store/queries/environments.ts';
import { connectIntegration } from '../../../connector/connect/connect-integration.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { applicationRecord, candidateRecord, oneOfEach, userRecord } from '../../support/gem-records.ts';
import { root, run } from '../../support/process.ts';
import { startStubGem, type StubGem } from '../../support/stub-gem.ts';
import type { Dump, Told } from './support/sync-in-child.ts';
import { isDeep } from '../../support/deep.ts';

const kills = Number(process.env['KILLS'] ?? (isDeep ? 1000 : 10));
const seed = Number(process.env['DEEP_SEED'] ?? 20_260_601);
/** After so many kills a sync may come to its end, and what is stored is held against what Gem has. */
const betweenChecks = isDeep ? 10 : 2;

test.skipIf(!isDeep)(
  `${kills} kills on an embedded store lose nothing and double nothing`,
  { timeout: 7_200_000 },
  async () => {
    const chains = [1, 2].map((chain) => {
      const dataDirectory = mkdtempSync(join(tmpdir(), 'kills-'));
      onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
      return killAgainAndAgain({ dataDirectory }, Math.ceil(kills / 2), seed + chain);
    });
    const counted = tell('PGlite', await Promise.all(chains));
    expect(counted.killed).toBeGreaterThanOrEqual(kills);
  },
);

test(
  `${Math.ceil(kills / 5)} kills on PostgreSQL lose nothing and double nothing`,
  { timeout: 7_200_000 },
  async () => {
    const chain = await killAgainAndAgain(await placeOnPostgres(), Math.ceil(kills / 5), seed);
    expect(tell('PostgreSQL', [chain]).killed).toBeGreaterThanOrEqual(kills / 5);
  },
);

/** What a chain of kills came to. */
interface Counted {
  killed: number;
  /** Processes that had come to their end before. */
  tooLate: number;
  checks: number;
  changes: number;
}

function tell(database: string, all: readonly Counted[]): Counted {
  const sum = (name: keyof Counted) => all.reduce((total, counted) => total + counted[name], 0);
  const counted = {
    killed: sum('killed'),
    tooLate: sum('tooLate'),
    checks: sum('checks'),
    changes: sum('changes'),
  };
  if (isDeep) process.stdout.write(`${database}: ${JSON.stringify(counted)}\n`);
  return counted;
}

/** When a process is killed, which kind of sync it does, and what is changed at Gem before and while it does. */
const rounds = fc.record({
  request: fc.integer({ min: 1, max: 24 }),
  milliseconds: fc.option(fc.integer({ min: 0, max: 12 })),
  type: fc.constantFrom('FULL' as const, 'FULL' as const, 'DELTA' as const),
  before: fc.array(fc.nat(), { maxLength: 4 }),
  during: fc.array(fc.record({ request: fc.integer({ min: 1, max: 24 }), change: fc.nat() }), {
    maxLength: 4,
  }),
});

async function killAgainAndAgain(place: OpenStore, wanted: number, chance: number): Promise<Counted> {
  const stub = await startStubGem();
  stub.pageSize = 2;
  const account = new Account(stub);
  const integrationId = await connect(place, stub);
  const counted: Counted = { killed: 0, tooLate: 0, checks: 0, changes: 0 };
  for (let block = 0; counted.killed < wanted; block += 1) {
    const more = Math.min(betweenChecks, wanted - counted.killed);
    for (const round of fc.sample(rounds, { seed: chance + 1000 * block, numRuns: more })) {
      for (const change of round.before) account.change(change);
      const wasKilled = await syncUntil(round, {
        stub,
        account,
        told: { place, integrationId, type: round.type },
      });
      counted[wasKilled ? 'killed' : 'tooLate'] += 1;
    }
    const dump = await finish({ place, integrationId, type: 'FULL', check: true });
    expect(dump, `seed ${chance}, after ${counted.killed} kills`).toEqual(account.expected());
    counted.checks += 1;
    counted.changes = account.changes;
    if (isDeep) process.stdout.write(`${counted.killed} of ${wanted} kills, ${counted.changes} changes\n`);
  }
  return counted;
}

/** The account at Gem: candidates with an application each, who come, change and go. */
class Account {
  changes = 0;
  readonly #stub: StubGem;
  readonly #versions = new Map<string, string>();
  #created = 0;

  constructor(stub: StubGem) {
    this.#stub = stub;
    for (let count = 0; count < 9; count += 1) this.change(0);
  }

  /** @param choice what is done, and to whom */
  change(choice: number): void {
    this.changes += 1;
    const ids = [...this.#versions.keys()];
    const id = ids[choice % Math.max(ids.length, 1)];
    if (id === undefined || ids.length < 6 || (choice % 3 === 0 && ids.length < 14)) {
      this.#created += 1;
      this.#versions.set(`c${this.#created}`, `new ${this.changes}`);
    } else if (choice % 3 === 1) this.#versions.delete(id);
    else this.#versions.set(id, `changed ${this.changes}`);
    this.#show();
  }

  expected(): Dump {
    const candidates = Object.fromEntries(this.#versions);
    const applications = Object.fromEntries([...this.#versions.keys()].map((id) => [`a-${id}`, id]));
    return { candidates, applications, unfinished: 0, failed: [], last: 'SUCCEEDED' };
  }

  #show(): void {
    const all = [...this.#versions];
    this.#stub.lists = {
      ...oneOfEach(),
      listUsers: ['user-1', 'user-2'].map((id) => userRecord(id)),
      listCandidates: all.map(([id, name]) => Object.assign(candidateRecord(id), { last_name: name })),
      listApplications: all.map(([id]) => applicationRecord(`a-${id}`, id)),
    };
  }
}

async function connect(place: OpenStore, stub: StubGem): Promise<string> {
  const store = await openStore(place);
  const createdAt = '2026-01-01T00:00:00.000Z';
  await createEnvironment(store.database, { id: 'environment', name: 'E', apiKey: 'key', createdAt });
  const { id } = await connectIntegration({
    store,
    clock: systemClock,
    environmentId: 'environment',
    gem: { url: stub.url, apiKey: 'secret' },
    actingUserId: 'user-1',
    endUserOrganizationName: 'Acme',
    isRemoteDataEnabled: true,
  });
  await store.close();
  return id;
}

const child = `${root}/test/connector/work/support/sync-in-child.ts`;

/** Lets a process sync and kills it on the way, unless it has finished by then. */
async function syncUntil(
  { request: last, milliseconds, during }: { request: number; milliseconds: number | null; during: Change[] },
  { stub, account, told }: { stub: StubGem; account: Account; told: Told },
): Promise<boolean> {
  stub.requests.length = 0;
  const running = run('node', [child, JSON.stringify(told)]);
  stub.intercept = () => {
    const { length } = stub.requests;
    for (const { request, change } of during) if (request === length) account.change(change);
    if (length < last) return false;
    // A process that is killed is not answered any more, or has been just before.
    if (milliseconds === null) running.child.kill('SIGKILL');
    else if (length === last) setTimeout(() => running.child.kill('SIGKILL'), milliseconds);
    return milliseconds === null;
  };
  const { code, stderr } = await running.ended;
  stub.intercept = () => false;
  expect(stderr).toBe('');
  return code === null;
}

interface Change {
  request: number;
  change: number;
}

async function finish(told: Told): Promise<Dump> {
  const { code, stdout, stderr } = await run('node', [child, JSON.stringify(told)]).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Dump;
}
