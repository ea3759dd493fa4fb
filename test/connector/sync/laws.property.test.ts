import { fc } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import type { Database } from '../../../connector/store/schema.ts';
import { ShuttingDown } from '../../../connector/sync/outcome.ts';
import type { SyncSummary } from '../../../connector/sync/run-sync.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';
import type { LiveWorld } from '../../../mock-server/worlds/live-world.ts';
import { useStore, type Connected } from '../../support/connected.ts';
import { makeAnew, readKept } from '../api/support/kept-lists.ts';
import { comparable, contentsOf, substance, type Contents } from './support/contents.ts';
import { furnish, happen, happening, type Happening } from './support/recruiting.ts';
import { smallPages } from './support/small-pages.ts';

const runs = Number(process.env['DEEP_RUNS'] ?? 2);
/** Milliseconds. */
const patience = 60_000 + runs * 5000;
const begin = '2026-06-01T00:00:00.000Z';
const minute = 60_000;

const mine = useStore();
const another = useStore();
const gemClock = fixedClock(begin);
let gem: MockGem;
let count = 0;

beforeAll(async () => {
  gem = await startMockGem({
    port: 0,
    clock: gemClock,
    scenario: 'empty',
    anchor: '2026-05-01T00:00:00.000Z',
    switches: { rate_limit: 'off' },
  });
});
afterAll(() => gem.close());

/** What is done in turn: something happens at Gem, time passes, or a sync runs, which may be cut short. */
type Step =
  | { do: 'happen'; happening: Happening }
  | { do: 'wait'; minutes: number }
  | { do: 'sync'; type: 'FULL' | 'DELTA'; cut: { after: number; by: 'shutdown' | 'database' } | null };

const cut = fc.record({
  after: fc.integer({ min: 0, max: 25 }),
  by: fc.constantFrom('shutdown' as const, 'database' as const),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('happen' as const), happening }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 2000 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('sync' as const),
      type: fc.constantFrom('FULL' as const, 'DELTA' as const),
      cut: fc.option(cut, { nil: null, freq: 2 }),
    }),
  },
);
const steps = fc.array(step, { minLength: 3, maxLength: 14 });
/** How far our clock is ahead of Gem's. */
const skew = fc.integer({ min: -3000, max: 3000 }).map((minutes) => minutes * minute);
const pageSize = fc.integer({ min: 2, max: 5 });

/** A new account, and a store that is connected to it. */
async function open(ahead: number): Promise<{ world: LiveWorld; account: Account; connected: Connected }> {
  count += 1;
  gemClock.set(begin);
  const apiKey = `LawsOfTheSyncLawsOfTheSyncLaws${String(count).padStart(10, '0')}`;
  const world = gem.createWorld(apiKey);
  furnish(world);
  const account = { url: gem.url, apiKey, applicationSecret: gem.applicationSecret };
  const connected = await mine.connect(account);
  connected.clock.set(begin);
  connected.clock.advance(ahead);
  return { world, account, connected };
}

interface Account {
  url: string;
  apiKey: string;
  applicationSecret: string;
}

async function perform(one: Step, world: LiveWorld, connected: Connected, size: number): Promise<void> {
  if (one.do === 'happen') return happen(world, one.happening);
  if (one.do === 'wait') {
    gemClock.advance(one.minutes * minute);
    connected.clock.advance(one.minutes * minute);
    return;
  }
  const before = await contentsOf(connected);
  await syncOrBreakOff(one, connected, size);
  expectOnlyChangesToShow(before, await contentsOf(connected), connected);
  const { integration } = connected;
  const { database } = mine.store();
  const kept = await readKept(database, integration.id, size);
  expect(kept).toEqual(await makeAnew(database, integration.id, size));
}

async function syncOrBreakOff(
  { type, cut: scissors }: Extract<Step, { do: 'sync' }>,
  { sync, gem: client }: Connected,
  size: number,
): Promise<void> {
  const from = smallPages(client, size);
  if (!scissors) return void (await sync({ type, gem: from }));
  let left = scissors.after;
  if (scissors.by === 'shutdown') {
    const told = new AbortController();
    const onProgress = () => void (left-- === 0 && told.abort(new ShuttingDown()));
    return void (await sync({ type, gem: from, signal: told.signal, onProgress }));
  }
  const database = failing(mine.store().database, () => left-- === 0);
  try {
    await sync({ type, gem: from, store: { database } });
  } catch (error) {
    expect(error).toEqual(new Error('the database is gone'));
  }
}

/** A database that fails at one of its statements. */
function failing(database: Database, isNow: () => boolean): Database {
  return database.withPlugin({
    transformQuery: ({ node }) => {
      if (isNow()) throw new Error('the database is gone');
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
}

/** `changed_at` moves where a row's own properties did, and nowhere else (kombo-unified-api §5.1). */
function expectOnlyChangesToShow(before: Contents, after: Contents, { clock }: Connected): void {
  const now = new Date(clock.now()).toISOString();
  for (const [key, row] of after) {
    const old = before.get(key);
    const isSame = old !== undefined && JSON.stringify(substance(old)) === JSON.stringify(substance(row));
    expect([key, row.changed_at]).toEqual([key, isSame ? old.changed_at : now]);
  }
}

describe('after whatever happened, was synced, and was cut short', () => {
  test.each(['DELTA', 'FULL'] as const)(
    'a %s sync leaves what a full one brings to a store that is new',
    async (type) => {
      await fc.assert(
        fc.asyncProperty(steps, skew, pageSize, async (all, ahead, size) => {
          const { world, account, connected } = await open(ahead);
          for (const one of all) await perform(one, world, connected, size);
          // In pages of the same size: a sync that was cut short is resumed by the number of its page. What changed on
          // pages that it had read by then is for the one after it.
          const from = smallPages(connected.gem, size);
          await connected.sync({ type, gem: from });
          const last = await connected.sync({ type, gem: from });
          expect(last).toMatchObject({ state: 'SUCCEEDED', problem: null });
          const fresh = await another.connect(account);
          expect(await fresh.sync()).toMatchObject({ state: 'SUCCEEDED' });
          const [ours, theirs] = [await contentsOf(connected), await contentsOf(fresh)];
          expect(comparable(ours, theirs)).toEqual(comparable(theirs, ours));
        }),
        { numRuns: runs },
      );
    },
    patience,
  );
});

test(
  'a sync that follows another at once changes nothing, of whichever type they are',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { maxLength: 6 }),
        fc.array(fc.constantFrom('FULL' as const, 'DELTA' as const), { minLength: 2, maxLength: 4 }),
        skew,
        async (happenings, types, ahead) => {
          const { world, connected } = await open(ahead);
          for (const one of happenings) happen(world, one);
          const [first = 'FULL', ...others] = types;
          await connected.sync({ type: first });
          const before = await contentsOf(connected);
          for (const type of others) {
            connected.clock.advance(minute);
            const { models }: SyncSummary = await connected.sync({ type });
            expect([...models.values()].every(({ changed, gone }) => changed === 0 && gone === 0)).toBe(true);
            expect(await contentsOf(connected)).toEqual(before);
          }
        },
      ),
      { numRuns: runs },
    );
  },
  patience,
);
