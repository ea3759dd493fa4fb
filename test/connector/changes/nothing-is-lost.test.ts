// DEEP=1 lets fifty write and fifty poll for two minutes, or as many as DEEP_MINUTES says.
import { sql } from 'kysely';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Database } from '../../../connector/store/schema.ts';
import { shareAccount, type SharedAccount } from './support/account.ts';
import { judge } from './support/judge.ts';
import { lists, pollOn, readList, shownBy, type Item, type ListName, type Poller } from './support/poll.ts';
import { writeOn, type Written } from './support/write.ts';
import { isDeep } from '../../support/deep.ts';

const minutes = Number(process.env['DEEP_MINUTES'] ?? 2);
const scale = isDeep
  ? { writers: 50, pollers: 50, stores: 7, connectors: 4, records: 300, longest: 800, turns: Infinity }
  : { writers: 8, pollers: 6, stores: 2, connectors: 1, records: 8, longest: 200, turns: 8 };

test(
  `what is committed after a poll began is shown to the next one: ${scale.writers} write, ${scale.pollers} poll`,
  { timeout: 120_000 + (isDeep ? 6 * minutes * 60_000 : 0) },
  async () => {
    const account = await shareAccount(scale);
    const written: Written = { ends: new Map(), writes: 0, failures: [], lastSync: Promise.resolve() };
    const pollers = await writeAndPoll(account, written);
    const [store] = account.stores;
    if (!store) throw new Error('there is no store');
    const verdict = await judge(store.database, pollers, written);
    if (isDeep) {
      const deadlocks = await countDeadlocks(store.database);
      process.stdout.write(`${JSON.stringify({ ...summary(pollers, written, verdict), deadlocks })}\n`);
    }
    expect(written.failures).toEqual([]);
    expect(verdict.lost.slice(0, 5)).toEqual([]);
    expect(verdict.judged).toBeGreaterThan(100);
    expect(await unlike(account, pollers)).toEqual([]);
    expect((await sql`select from list_calls`.execute(store.database)).rows).toHaveLength(1);
  },
);

async function writeAndPoll(account: SharedAccount, into: Written): Promise<Poller[]> {
  const [writing, polling] = [new AbortController(), new AbortController()];
  const { records, turns } = scale;
  const writers = Array.from({ length: scale.writers }, (_, which) =>
    writeOn(account, { which, turns, size: { records }, signal: writing.signal, into }),
  );
  const pollers = Array.from({ length: scale.pollers }, (_, which) =>
    pollOn(account, { which, signal: polling.signal }),
  );
  if (isDeep) await setTimeout(minutes * 60_000);
  else await Promise.all(writers);
  writing.abort();
  await Promise.all(writers);
  polling.abort();
  return Promise.all(pollers);
}

/** What pollers have at the end that differs from what the lists show then, as far as it counts for `updated_after`. */
async function unlike(
  { connectors, integration }: SharedAccount,
  pollers: readonly Poller[],
): Promise<string[]> {
  const [connector] = connectors;
  if (!connector) throw new Error('there is no connector');
  const found: string[] = [];
  for (const list of new Set(pollers.map((poller) => poller.list))) {
    const truth = (await readList(connector, integration.id, list)) ?? [];
    for (const { polls } of pollers.filter((poller) => poller.list === list)) {
      const mirror = new Map<string, Item>();
      for (const { items } of polls) for (const item of items) mirror.set(item.id, item);
      for (const item of truth) {
        const [expected, had] = [item, mirror.get(item.id)].map((one) =>
          JSON.stringify(one && counted(list, one)),
        );
        if (expected !== had) found.push(`${list} ${item.id}: ${had} in place of ${expected}`);
      }
    }
  }
  return found.slice(0, 5);
}

/** What of an item counts: its own fields, the nested rows that count, and which entries it lists. */
function counted(list: ListName, item: Item): unknown {
  const own = Object.entries(item).filter(
    ([key, value]) => !nestedRows.has(key) && (typeof value !== 'object' || value === null),
  );
  const entries = Object.entries(item).filter(([key]) => entryLists.has(key));
  return {
    own,
    customFields: item['custom_fields'],
    shown: shownBy(list, item),
    entries: entries.map(([key, value]) => [key, Array.isArray(value) && value.map(({ id }) => id)]),
  };
}

/** Null while their row is deleted; those of them that count stand in `shown`. */
const nestedRows = new Set(['job', 'candidate', 'application', 'current_stage']);
const entryLists = new Set(['stages', 'job_postings', 'hiring_team', 'applications', 'interviews', 'users']);

/** Those that the server has noticed; what it ended for them was done again. */
async function countDeadlocks(database: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select deadlocks::integer as count from pg_stat_database where datname = current_database()
  `.execute(database);
  return rows[0]?.count ?? 0;
}

function summary(
  pollers: readonly Poller[],
  { writes, failures }: Written,
  { changes, judged, lost }: Awaited<ReturnType<typeof judge>>,
) {
  const waits = pollers.flatMap((poller) => poller.waits).toSorted((one, other) => one - other);
  const at = (part: number) => Math.round(waits[Math.floor((waits.length - 1) * part)] ?? 0);
  return {
    writes,
    failures: failures.length,
    changes,
    polls: waits.length,
    repeats: pollers.reduce((sum, { repeats }) => sum + repeats, 0),
    judged,
    lost: lost.length,
    pollMs: { median: at(0.5), p95: at(0.95), longest: at(1) },
    lists: Object.keys(lists).length,
  };
}
