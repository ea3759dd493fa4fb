import { sql } from 'kysely';
import type { Database } from '../../../../connector/store/schema.ts';
import { gone } from './account.ts';
import { lists, shownBy, type Item, type Poller, type Shown } from './poll.ts';
import type { Written } from './write.ts';

/** What was found: every change that was judged, for every poller that it concerns, and the lost ones in words. */
export interface Judgement {
  changes: number;
  judged: number;
  lost: string[];
}

interface Version {
  number: number;
  model: string;
  id: string;
  version: string;
  transaction: string;
}

/**
 * Holds what pollers have seen against what was written: when a change is over, the next poll that begins, and those
 * before it, have shown it or something newer, and nothing that the poller has shows anything older.
 */
export async function judge(
  database: Database,
  pollers: readonly Poller[],
  { ends }: Written,
): Promise<Judgement> {
  const { rows: versions } = await sql<Version>`select * from versions order by number`.execute(database);
  const numbers = new Map(
    versions.map(({ model, id, version, number }) => [nameOf(model, id, version), number]),
  );
  const verdict: Judgement = { changes: versions.length, judged: 0, lost: [] };
  for (const poller of pollers) {
    const history = historyOf(poller, numbers);
    for (const change of versions) {
      // A deletion at the end of a sync has the version of the row that it deletes.
      const over =
        ends.get(`transaction ${change.transaction}`) ?? ends.get(change.version.replace(gone, ''));
      const poll = over === undefined ? -1 : firstAfter(poller, over);
      if (poll === -1) continue;
      const seen = history.get(`${change.model} ${change.id}`);
      const isOwn = lists[poller.list] === change.model;
      if (!seen && !isOwn) continue;
      verdict.judged += 1;
      const problem = lossOf(change, { seen: seen ?? new Map(), poll, isOwn });
      if (problem) verdict.lost.push(`${poller.list}, poll ${poll} of ${poller.polls.length}: ${problem}`);
    }
  }
  return verdict;
}

/** By item: which number of the row it showed from which poll on; undefined once it shows the row no more. */
type Seen = Map<string, { poll: number; number: number | undefined }[]>;

function historyOf({ list, polls }: Poller, numbers: ReadonlyMap<string, number>): Map<string, Seen> {
  const history = new Map<string, Seen>();
  const shows = new Map<string, Set<string>>();
  for (const [poll, { items }] of polls.entries()) {
    for (const item of items) {
      const shown = shownBy(list, item);
      const rows = new Set(shown.map(({ model, id }) => `${model} ${id}`));
      for (const row of shows.get(item.id) ?? []) {
        if (!rows.has(row)) note(history, row, item, { poll, number: undefined });
      }
      shows.set(item.id, rows);
      for (const one of shown) {
        note(history, `${one.model} ${one.id}`, item, { poll, number: numberOf(one, numbers) });
      }
    }
  }
  return history;
}

function note(
  history: Map<string, Seen>,
  row: string,
  { id }: Item,
  seen: { poll: number; number: number | undefined },
): void {
  const items: Seen = history.get(row) ?? new Map();
  history.set(row, items);
  const all = items.get(id) ?? [];
  items.set(id, all);
  if (all.length === 0 || all.at(-1)?.number !== seen.number) all.push(seen);
}

/** A nested object may be shown though it is deleted: it then has the version of before, or after. */
function numberOf({ model, id, version }: Shown, numbers: ReadonlyMap<string, number>): number {
  const as = [version, `${version}${gone}`].map((text) => numbers.get(nameOf(model, id, text)) ?? 0);
  return version.endsWith(gone) ? (as[0] ?? 0) : Math.max(...as);
}

function lossOf(
  { number, version, model, id }: Version,
  { seen, poll, isOwn }: { seen: Seen; poll: number; isOwn: boolean },
): string | undefined {
  const name = `${model} ${id}, version ${version}`;
  if (isOwn && !seen.has(id)) return `${name} was never shown`;
  for (const [item, history] of seen) {
    const last = history.findLast((one) => one.poll <= poll);
    if (last === undefined && isOwn && item === id) return `${name} was not shown yet`;
    if (last?.number !== undefined && last.number < number) return `${name} is still shown older in ${item}`;
  }
  return undefined;
}

function firstAfter({ polls }: Poller, moment: number): number {
  return polls.findIndex(({ began }) => began > moment);
}

function nameOf(model: string, id: string, version: string): string {
  return `${model} ${id} ${version}`;
}
