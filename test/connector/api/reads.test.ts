import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listHandlers } from '../../../connector/api/lists/index.ts';
import { findIntegration } from '../../../connector/store/queries/integrations.ts';
import type { Database } from '../../../connector/store/schema.ts';
import { startApi, type Api } from './support/api.ts';

const lately = '2026-06-01T12:00:00.000Z';

test('a filter reads what it shows, and not all that the account has', async () => {
  const api = await startApi();
  const { id } = api.rows;
  await insertMany(api, 3000);
  const integration = await findIntegration(api, api.integrationId);
  const caller = { integration: () => integration } as never;
  const asked = {
    getAtsCandidates: [
      { ids: [id('candidate-1')] },
      { remote_ids: ['candidate-1'] },
      { updated_after: lately },
      { email: 'GRACE@example.com' },
      { first_name: 'GRACE' },
      { last_name: 'hopper' },
      { job_ids: [id('job-1')] },
    ],
    getAtsApplications: [
      { ids: [id('application-1')] },
      { remote_ids: ['application-1'] },
      { updated_after: lately },
      { outcomes: ['HIRED'] },
      { job_ids: [id('job-1')] },
      { job_remote_ids: ['job-1'] },
      { current_stage_ids: [id('stage-1')] },
      { remote_created_after: lately },
    ],
    getAtsInterviews: [
      { ids: [id('interview-1')] },
      { remote_ids: ['interview-1'] },
      { updated_after: lately },
      { job_ids: [id('job-1')] },
    ],
  } as const;

  const answers = await api.database.transaction().execute(async (transaction) => {
    await sql`set local track_counts = on`.execute(transaction);
    const lists = listHandlers({ database: transaction });
    const shown: [list: string, filter: string, items: number, rowsRead: number][] = [];
    for (const list of ['getAtsCandidates', 'getAtsApplications', 'getAtsInterviews'] as const) {
      for (const query of asked[list]) {
        const before = await rowsRead(transaction);
        const { body } = await lists[list]({ query: query as never }, caller);
        const { data }: { data: { results: unknown[] } } = JSON.parse(body.bytes.toString());
        const read = (await rowsRead(transaction)) - before;
        shown.push([list, Object.keys(query).join(), data.results.length, read]);
      }
    }
    return shown;
  });
  expect(answers.filter(([, , items, read]) => items !== 1 || read === 0 || read > 100)).toEqual([]);
});

/** So many candidates with an application and an interview each, long ago, and one of late. */
async function insertMany({ rows: { id, insert }, database, integrationId }: Api, count: number) {
  const many = sql`from generate_series(1, ${count}::integer) as given (i)`;
  const frame = sql`${integrationId}::text, 'many-' || i, '2026-01-01T00:00:00Z'::timestamptz`;
  await sql`
    insert into ats_candidates (id, integration_id, remote_id, changed_at, first_name, last_name, email_addresses)
    select 'candidate-' || i, ${frame}, 'Ada', 'Byron',
      jsonb_build_array(jsonb_build_object('email_address', 'ada-' || i || '@example.com')) ${many}
  `.execute(database);
  await sql`
    insert into ats_applications (id, integration_id, remote_id, changed_at, outcome, candidate_id, job_id, current_stage_id,
      remote_created_at)
    select 'application-' || i, ${frame}, 'PENDING', 'candidate-' || i, 'job-' || i % 50, 'stage-' || i % 50,
      '2026-01-01T00:00:00Z'::timestamptz ${many}
  `.execute(database);
  await sql`
    insert into ats_interviews (id, integration_id, remote_id, changed_at, application_id)
    select 'interview-' || i, ${frame}, 'application-' || i ${many}
  `.execute(database);
  const changed = { changed_at: lately };
  await insert('ats_jobs', 'job-1');
  await insert('ats_candidates', 'candidate-1', {
    ...changed,
    email_addresses: [{ email_address: 'grace@example.com' }],
  });
  await insert('ats_applications', 'application-1', {
    ...changed,
    candidate_id: id('candidate-1'),
    job_id: id('job-1'),
    current_stage_id: id('stage-1'),
    outcome: 'HIRED',
    remote_created_at: lately,
  });
  await insert('ats_interviews', 'interview-1', { ...changed, application_id: id('application-1') });
  for (const table of ['ats_candidates', 'ats_applications', 'ats_interviews', 'ats_jobs']) {
    await sql`analyze ${sql.table(table)}`.execute(database);
  }
}

/** How many rows the transaction has read so far, whether it used them or not. */
async function rowsRead(transaction: Database): Promise<number> {
  const { rows } = await sql<{ read: number }>`
    select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as read from pg_stat_xact_user_tables
  `.execute(transaction);
  return rows[0]?.read ?? 0;
}
