// A process of its own that performs one sync: tests kill it at some point of it.
import { sql } from 'kysely';
import { fixedClock, systemClock } from '../../../../contracts/clock.ts';
import { createGemClient } from '../../../../connector/gem/client.ts';
import { openStore, type OpenStore } from '../../../../connector/store/open-store.ts';
import type { SyncType } from '../../../../connector/store/queries/syncs.ts';
import { readWorkSettings } from '../../../../connector/work/worker.ts';
import { syncNow } from '../../../../connector/work/sync.ts';

/** What the process is told on its command line. */
export interface Told {
  place: OpenStore;
  integrationId: string;
  /** What the clock shows for ever; left out, the time. */
  instant?: string;
  /** FULL when left out. */
  type?: SyncType;
  /** Whether to work off whatever waits, and to print what is stored then. */
  check?: boolean;
}

/** What is stored, without what is gone from Gem. */
export interface Dump {
  /** The last name of each candidate. One that is there twice is told by an id of its own. */
  candidates: Record<string, string>;
  /** The candidate of each application. */
  applications: Record<string, string>;
  unfinished: number;
  /** How those syncs ended, and why, that neither succeeded nor were replaced by others. */
  failed: string[];
  /** How the last sync ended, with its problem; nothing changed at Gem while it read. */
  last: string;
}

const {
  place,
  integrationId,
  instant,
  type = 'FULL',
  check = false,
}: Told = JSON.parse(process.argv[2] ?? '');
const store = await openStore(place);
const context = {
  store,
  clock: instant === undefined ? systemClock : fixedClock(instant),
  settings: readWorkSettings(),
  clientOf: ({ gem }: Parameters<Parameters<typeof syncNow>[0]['clientOf']>[0]) => createGemClient(gem),
};
/**
 * What a list comes to that became shorter or longer while its pages were read, or lost most of its records without a word
 * about its length. A later sync makes up for it.
 */
const expectedProblems = [
  /^Gem has \d+ or more records that it does not show there$/,
  /^Gem shows nothing on page \d+, and more on the page after it$/,
  /^\d+ of \d+ records were missing; they are gone once the next full sync finds the same$/,
];
const { signal } = new AbortController();
await syncNow(context, integrationId, { signal, type });
if (check) {
  // What was killed may have been of the other type, and have read what has changed since.
  await syncNow(context, integrationId, { signal, type: 'DELTA' });
  const last = await syncNow(context, integrationId, { signal, type: 'FULL' });
  process.stdout.write(JSON.stringify(await dump(describeEnd(last))));
}
await store.close();

async function dump(last: string): Promise<Dump> {
  const candidates = await sql<{ key: string; value: string }>`
    select remote_id || case when count(*) over (partition by remote_id) > 1 then ' ' || id else '' end as key,
      last_name as value
    from ats_candidates where remote_deleted_at is null
  `.execute(store.database);
  const applications = await sql<{ key: string; value: string }>`
    select application.remote_id
        || case when count(*) over (partition by application.remote_id) > 1 then ' ' || application.id else '' end as key,
      candidate.remote_id as value
    from ats_applications as application left join ats_candidates as candidate
      on candidate.id = application.candidate_id and candidate.integration_id = application.integration_id
    where application.remote_deleted_at is null
  `.execute(store.database);
  const syncs = await sql<{
    state: string;
    problem: string | null;
  }>`select state, problem from syncs`.execute(store.database);
  return {
    candidates: Object.fromEntries(candidates.rows.map(({ key, value }) => [key, value])),
    applications: Object.fromEntries(applications.rows.map(({ key, value }) => [key, value])),
    unfinished: syncs.rows.filter(({ state }) => state === 'QUEUED' || state === 'RUNNING').length,
    failed: syncs.rows.filter((sync) => !isExpected(sync)).map(describeEnd),
    last,
  };
}

function isExpected({ state, problem }: { state: string; problem: string | null }): boolean {
  if (state === 'PARTIALLY_FAILED') {
    const why = /^lists that were left out: \S+ \((.*)\)$/.exec(problem ?? '')?.[1] ?? '';
    return expectedProblems.some((expected) => expected.test(why));
  }
  return /^(QUEUED|RUNNING|SUCCEEDED|CANCELLED)$/.test(state);
}

function describeEnd({ state, problem }: { state: string; problem: string | null }): string {
  return problem === null ? state : `${state}: ${problem}`;
}
