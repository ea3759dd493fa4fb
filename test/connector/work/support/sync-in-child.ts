// A process of its own that performs one sync: tests kill it at some point of it.
import { sql } from 'kysely';
import { fixedClock, systemClock } from '../../../../contracts/clock.ts';
import { createGemClient } from '../../../../connector/gem/index.ts';
import { openStore, type OpenStore, type SyncType } from '../../../../connector/store/index.ts';
import { readWorkSettings } from '../../../../connector/work/settings.ts';
import { syncNow } from '../../../../connector/work/sync-now.ts';

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
  /** How those syncs stand that neither succeeded nor were replaced by others. */
  failed: string[];
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
const { signal } = new AbortController();
await syncNow(context, integrationId, { signal, type });
if (check) {
  // What was killed may have been of the other type, and have read what has changed since.
  for (const other of ['DELTA', 'FULL'] as const)
    await syncNow(context, integrationId, { signal, type: other });
  process.stdout.write(JSON.stringify(await dump()));
}
await store.close();

async function dump(): Promise<Dump> {
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
  const syncs = await sql<{ state: string }>`select state from syncs`.execute(store.database);
  const states = syncs.rows.map(({ state }) => state);
  return {
    candidates: Object.fromEntries(candidates.rows.map(({ key, value }) => [key, value])),
    applications: Object.fromEntries(applications.rows.map(({ key, value }) => [key, value])),
    unfinished: states.filter((state) => state === 'QUEUED' || state === 'RUNNING').length,
    // A list that got shorter while it was read may not prove that it was read whole; a later sync makes up for it.
    failed: states.filter((state) => !/^(QUEUED|RUNNING|SUCCEEDED|CANCELLED|PARTIALLY_FAILED)$/.test(state)),
  };
}
