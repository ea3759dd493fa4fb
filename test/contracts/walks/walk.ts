import { expect } from 'vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { read } from '../../support/gem.ts';
import type { Both } from '../../support/both.ts';

/** Everything that both sides show, deleted records included. */
export interface Shown {
  gem: {
    users: GemSchemas['User'][];
    jobs: GemSchemas['Job'][];
    job_posts: GemSchemas['JobPost'][];
    job_stages: GemSchemas['JobStage'][];
    candidates: GemSchemas['Candidate'][];
    applications: GemSchemas['Application'][];
    scheduled_interviews: GemSchemas['ScheduledInterview'][];
  };
  unified: {
    users: UnifiedSchemas['User'][];
    jobs: UnifiedSchemas['Job'][];
    candidates: UnifiedSchemas['Candidate'][];
    applications: UnifiedSchemas['Application'][];
    interviews: UnifiedSchemas['Interview'][];
    stages: UnifiedSchemas['ApplicationStage'][];
  };
}

/** Field by field: what is shown, and what has to be. */
export type Fields = Record<string, unknown>;

/** How the fields of one model are checked. */
export interface Walk {
  /** Each row that the unified API shows, beside what follows from Gem's answer by a restatement of the rules. */
  rows: (shown: Shown) => { actual: Fields; expected: Fields }[];
  /** Fields that no endpoint shows (kombo-unified-api §2.1, §2.2). */
  hidden?: readonly string[];
}

/** Reads both sides whole. */
export async function readBoth(both: Both): Promise<Shown> {
  const gem = <Name extends keyof Shown['gem']>(name: Name) =>
    read<Shown['gem'][Name]>(both.gem, `/ats/v0/${name}/?per_page=500&include_deleted=true`);
  const unified = <Item>(path: string) =>
    both.unifiedList<Item>(`/ats/${path}?include_deleted=true&page_size=50`);
  return {
    gem: {
      users: await gem('users'),
      jobs: await gem('jobs'),
      job_posts: await gem('job_posts'),
      job_stages: await gem('job_stages'),
      candidates: await gem('candidates'),
      applications: await gem('applications'),
      scheduled_interviews: await gem('scheduled_interviews'),
    },
    unified: {
      users: await unified('users'),
      jobs: await unified('jobs'),
      candidates: await unified('candidates'),
      applications: await unified('applications'),
      interviews: await unified('interviews'),
      stages: await unified('application-stages'),
    },
  };
}

/** Pairs rows by their remote id; a row on one side only is an error. */
export function pair<Record extends { id: string }>(
  records: readonly Record[],
  rows: readonly { remote_id: string | null }[],
  expectationOf: (record: Record) => Fields,
): { actual: Fields; expected: Fields }[] {
  expect(rows.map(({ remote_id }) => remote_id).toSorted()).toEqual(records.map(({ id }) => id).toSorted());
  return records.map((record) => ({
    actual: { ...rows.find(({ remote_id }) => remote_id === record.id) },
    expected: {
      id: expect.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{24}$/),
      remote_id: record.id,
      changed_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      ...expectationOf(record),
    },
  }));
}

/** The unified id of the row with a remote id. */
export function idOf(
  rows: readonly { id: string; remote_id: string | null }[],
  remoteId: string | undefined,
): string {
  const row = rows.find(({ remote_id }) => remote_id === remoteId);
  if (!row) throw new Error(`no row for ${remoteId}`);
  return row.id;
}

/** Turns a list of small rows into one with a list in each field, in the order of one of them. */
export function columns(rows: readonly Fields[], fields: readonly string[], orderBy: string): Fields {
  const sorted = rows.toSorted((one, other) => String(one[orderBy]).localeCompare(String(other[orderBy])));
  return Object.fromEntries(fields.map((field) => [field, sorted.map((row) => row[field])]));
}
