// Whatever a list says of itself, reading it ends, keeps what it shows, and concludes no more than it proves.
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { GemError } from '../../../connector/gem/errors.ts';
import { maxReturns, pagesOf, type Page } from '../../../connector/gem/pages.ts';
import { nothingShown, whyNotWhole, provesAbsence } from '../../../connector/gem/list-evidence.ts';
import type { RecordOf } from '../../../connector/models/listings.ts';
import { useStore } from '../../support/connected.ts';
import { applicationRecord, candidateRecord, postRecord, userRecord } from '../../support/gem-records.ts';
import { startStubGem, type StubGem } from '../../support/stub-gem.ts';
import { scriptedGem, scripts, type Script } from './support/scripted-gem.ts';

const runs = Number(process.env['DEEP_RUNS'] ?? 2);

/** Reads a list of so many records to its end. */
async function read(length: number, script: Script, canShrink: boolean) {
  const records = Array.from({ length }, (_, place) => ({ id: `r${place}` }));
  const { gem, told } = scriptedGem(
    () => records,
    () => script,
  );
  const pages: Page[] = [];
  let failure: unknown;
  try {
    for await (const page of pagesOf(gem, 'listUsers', {}, { canShrink })) pages.push(page);
  } catch (error) {
    failure = error;
  }
  const ids = new Set(
    pages.flatMap((page) => page.records.map((record) => Reflect.get(Object(record), 'id'))),
  );
  return { ids, last: pages.at(-1), failure, ...told('listUsers') };
}

describe('reading a list', () => {
  test('ends within the calls that are promised, and keeps every record that came, whatever the server does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 40 }),
        scripts.misbehaving,
        fc.boolean(),
        async (length, script, canShrink) => {
          const { ids, shown, calls, failure, last } = await read(length, script, canShrink);
          const pages = Math.ceil(length / script.size);
          expect(calls).toBeLessThanOrEqual(5 * (2 * pages + 2) * (maxReturns + 1));
          // What was on its way when a call failed comes with the next sync.
          const lost = failure === undefined ? [...shown].filter((id) => !ids.has(id)) : [];
          expect(lost).toEqual([]);
          expect(failure instanceof GemError || last?.isLast).toBe(true);
        },
      ),
      { numRuns: 1100 * runs },
    );
  });

  test('of a server that keeps to its own words takes one call more than there are pages, and proves all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 40 }), scripts.wellBehaved, async (length, script) => {
        const { ids, calls, last } = await read(length, script, false);
        expect(ids.size).toBe(length);
        const pages = Math.ceil(length / script.size);
        // Without a length, the empty page and the one after it are looked at again.
        expect(calls).toBe(pages + (script.total === 'none' ? 3 : 1));
        expect(last?.problem).toBeNull();
        expect(provesAbsence(last?.shown ?? nothingShown)).toBe(true);
      }),
      { numRuns: 100 * runs },
    );
  });

  test('that announces its true length never takes what it did not show for gone', async () => {
    const honest = scripts.misbehaving.map((script) => ({ ...script, total: 'true' as const }));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 40 }), honest, async (length, script) => {
        const { ids, last, failure } = await read(length, script, false);
        if (failure !== undefined || ids.size === length) return;
        expect(last?.problem).not.toBeNull();
      }),
      { numRuns: 100 * runs },
    );
  });

  test.each([
    ['of the page', 8],
    ['of what remains', 10],
    ['of what remains after the page', 10],
    ['true, and 0 past the end', 4],
    ['huge', 6],
    ['negative', 6],
    ['garbage', 6],
  ] as const)('whose length is %s brings everything in %i calls', async (total, most) => {
    const script: Script = { size: 4, total, empty: [], paging: 'right', failsFrom: 0 };
    const { ids, calls, last } = await read(10, script, false);
    expect([ids.size, last?.problem]).toEqual([10, null]);
    expect(calls).toBeLessThanOrEqual(most);
  });

  test('with a page that stays empty goes on behind it, and says so', async () => {
    for (const total of ['none', 'true'] as const) {
      const script: Script = {
        size: 2,
        total,
        empty: [{ page: 2, times: 99 }],
        paging: 'right',
        failsFrom: 0,
      };
      const { ids, last } = await read(8, script, false);
      expect([...ids]).toEqual(['r0', 'r1', 'r4', 'r5', 'r6', 'r7']);
      expect(last?.problem).toBe('Gem shows nothing on page 2, and more on the page after it');
    }
  });

  test('that is resumed counts on', () => {
    const half = { ...nothingShown, records: 5, total: { last: 9, least: 9, most: 9 } };
    expect(whyNotWhole(half)).toBe('Gem shows 5 of 9 records');
    expect(whyNotWhole({ ...half, records: 9 })).toBeNull();
  });
});

const { connect } = useStore();
let count = 0;
let stub: StubGem | undefined;

/** The records of an account whose members are numbers. */
function recordsOf(members: readonly number[]): Record<string, { id: string }[]> {
  const ids = members.map(String);
  return {
    listUsers: ids.map((id) => userRecord(id)),
    listJobPosts: ids.map((id) => postRecord(id, 'job-1')),
    listCandidates: ids.map((id) => candidateRecord(id)),
    listApplications: ids.map((id): RecordOf['listApplications'] => applicationRecord(id, id)),
  };
}

/** An account that was synced well, in which some records have been deleted since. */
async function synced(before: readonly number[], left: readonly number[]) {
  stub ??= await startStubGem();
  count += 1;
  const connected = await connect({ url: stub.url, apiKey: `key-${count}` });
  const good: Script = { size: 5, total: 'true', empty: [], paging: 'right', failsFrom: 0 };
  const account = { members: before };
  const gemWith = (script: Script) =>
    scriptedGem(
      (operation) => recordsOf(account.members)[operation] ?? [],
      (operation) => (recordsOf([])[operation] ? script : good),
      () => connected.clock.now(),
    ).gem;
  await connected.sync({ gem: gemWith(good) });
  account.members = left;
  const idsOf = async (state: 'there' | 'gone', model: 'ats_candidates' | 'ats_applications' | 'ats_users') =>
    (await connected.rows(model))
      .filter((row) => (row['remote_deleted_at'] === null) === (state === 'there'))
      .map(({ remote_id }) => Number(remote_id))
      .toSorted((one, other) => one - other);
  return { ...connected, gemWith, good, idsOf };
}

describe('a full sync', () => {
  test(
    'of a misbehaving Gem takes nobody for gone whom the account has, and a good one then finds who is',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.integer({ min: 10, max: 60 }), { maxLength: 25 }),
          fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }),
          scripts.misbehaving,
          async (unsorted, stays, script) => {
            const before = unsorted.toSorted((one, other) => one - other);
            const left = before.filter((_, place) => stays[place]);
            const { sync, gemWith, good, idsOf } = await synced(before, left);
            await sync({ gem: gemWith(script) });
            for (const model of ['ats_candidates', 'ats_applications'] as const) {
              const gone = await idsOf('gone', model);
              expect(gone.filter((id) => left.includes(id))).toEqual([]);
            }
            expect(await sync({ gem: gemWith(good) })).toMatchObject({
              state: expect.stringMatching(/SUCCEEDED|PARTIALLY/),
            });
            for (const model of ['ats_candidates', 'ats_applications'] as const) {
              expect(await idsOf('there', model)).toEqual(left);
            }
            // Gem's users cannot be asked for one by one for certain: a large loss is believed when it is seen again.
            await sync({ gem: gemWith(good) });
            expect(await idsOf('there', 'ats_users')).toEqual(left);
          },
        ),
        { numRuns: runs },
      );
    },
    60_000 + runs * 5000,
  );
});
