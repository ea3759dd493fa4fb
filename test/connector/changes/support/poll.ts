import { setTimeout } from 'node:timers/promises';
import type { Connector } from '../../../../connector/server.ts';
import type { ModelName } from '../../../../connector/models/model.ts';
import { gone, type SharedAccount } from './account.ts';

/** The lists that pollers read, and the model of each. */
export const lists = {
  users: 'ats_users',
  jobs: 'ats_jobs',
  candidates: 'ats_candidates',
  applications: 'ats_applications',
  interviews: 'ats_interviews',
  'application-stages': 'ats_application_stages',
} as const satisfies Record<string, ModelName>;

export type ListName = keyof typeof lists;

/** An item of any list. */
export type Item = Record<string, unknown> & { id: string };

/** One poll: what it showed of each row, as a name of the row with its version, and which rows each item listed. */
export interface Poll {
  /** Milliseconds, by the test's clock. */
  began: number;
  items: Item[];
}

/** What one poller has seen. */
export interface Poller {
  list: ListName;
  polls: Poll[];
  /** Answers that told it to ask again. */
  repeats: number;
  /** How long each first page took, in milliseconds. */
  waits: number[];
}

/** Polls one list as Kombo's guide says: each time for what has changed since the last poll began. */
export async function pollOn(
  { connectors, integration }: SharedAccount,
  { which, signal }: { which: number; signal: AbortSignal },
): Promise<Poller> {
  const connector = connectors[which % connectors.length];
  const names = Object.keys(lists).filter(isList);
  const list = names[which % names.length];
  if (!connector || !list) throw new Error('there is nothing to poll');
  const poller: Poller = { list, polls: [], repeats: 0, waits: [] };
  let since: string | undefined;
  for (let isLast = false; !isLast;) {
    isLast = signal.aborted;
    const [began, start] = [performance.now(), new Date().toISOString()];
    const items = await readList(connector, integration.id, list, { since, poller });
    if (items === undefined) {
      isLast = false;
      continue;
    }
    poller.polls.push({ began, items });
    since = start;
    if (!isLast) await setTimeout(Math.random() * 60);
  }
  return poller;
}

function isList(name: string): name is ListName {
  return name in lists;
}

/** Reads a list to its end; undefined when it is to be asked again. */
export async function readList(
  connector: Pick<Connector, 'apiUrl' | 'apiKey'>,
  integrationId: string,
  list: ListName,
  { since, poller }: { since?: string | undefined; poller?: Poller } = {},
): Promise<Item[] | undefined> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = new URLSearchParams({ include_deleted: 'true', page_size: '40' });
    if (since !== undefined) query.set('updated_after', since);
    if (cursor !== '') query.set('cursor', cursor);
    const began = performance.now();
    const response = await fetch(`${connector.apiUrl}/ats/${list}?${query}`, {
      headers: { Authorization: `Bearer ${connector.apiKey}`, 'X-Integration-Id': integrationId },
    });
    const text = await response.text();
    if (response.status === 503 && poller) {
      poller.repeats += 1;
      return undefined;
    }
    if (response.status !== 200) throw new Error(`${list} answered ${response.status}: ${text}`);
    const body: { data: { next: string | null; results: Item[] } } = JSON.parse(text);
    if (cursor === '') poller?.waits.push(performance.now() - began);
    items.push(...body.data.results);
    cursor = body.data.next;
  }
  return items;
}

/** A row that an item shows and that counts as its change, itself included. */
export interface Shown {
  model: keyof typeof shownVersion;
  id: string;
  version: string;
}

const shownVersion = {
  ats_users: 'last_name',
  ats_jobs: 'name',
  ats_job_postings: 'title',
  ats_candidates: 'last_name',
  ats_application_stages: 'name',
  ats_applications: 'rejection_reason_name',
  ats_interviews: 'title',
} as const;

/** Which nested rows count as changes of an item (kombo-unified-api §5.2). */
const nested: Partial<Record<ListName, Record<string, Shown['model']>>> = {
  jobs: { job_postings: 'ats_job_postings' },
  candidates: { applications: 'ats_applications' },
  applications: { interviews: 'ats_interviews', candidate: 'ats_candidates' },
  interviews: { application: 'ats_applications' },
};

/** The rows that an item shows and that count. Of a nested object, it does not show whether it is deleted. */
export function shownBy(list: ListName, item: Item): Shown[] {
  const own = toShown(lists[list], item, item['remote_deleted_at'] !== null);
  const others = Object.entries(nested[list] ?? {}).flatMap(([key, model]) => {
    const value = item[key];
    const entries: unknown[] = Array.isArray(value) ? value : [value];
    return entries.filter(isItem).map((entry) => toShown(model, entry, false));
  });
  return [own, ...others];
}

function toShown(model: Shown['model'], item: Item, isGone: boolean): Shown {
  return { model, id: item.id, version: String(item[shownVersion[model]] ?? '') + (isGone ? gone : '') };
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && 'id' in value;
}
