import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import { models } from '../../../connector/models/index.ts';
import { clearGoneRows } from '../../../connector/store/queries/expiry.ts';
import { findIntegration } from '../../../connector/store/queries/integrations.ts';
import { saveRecords } from '../../../connector/sync/save-records.ts';
import {
  applicationRecord,
  candidateRecord,
  interviewRecord,
  jobRecord,
  oneOfEach,
  postRecord,
  stageRecord,
  userLite,
  userRecord,
} from '../../support/gem-records.ts';
import { startStubGem, type StubGem, type StubLists } from '../../support/stub-gem.ts';
import { startApi, type Api } from '../api/support/api.ts';

/** When everything was stored that is there before something moves. */
const before = '2026-03-01T00:00:00.000Z';
const since = '2026-04-01T00:00:00.000Z';

/** Two of each, as they are before. */
function account(): ReturnType<typeof oneOfEach> {
  const lists = oneOfEach();
  return {
    ...lists,
    listJobs: [
      jobRecord('job-1', { hiring_team: { recruiters: [userLite('user-1')] } }),
      jobRecord('job-2', { hiring_team: { recruiters: [userLite('user-2')] } }),
    ],
    listCandidates: [candidateRecord('candidate-1'), candidateRecord('candidate-2')],
    listApplications: [
      applicationRecord('application-1', 'candidate-1'),
      applicationRecord('application-2', 'candidate-2'),
    ],
  };
}

async function start(): Promise<{ api: Api; gem: StubGem }> {
  const gem = await startStubGem(account());
  const api = await startApi({ gemUrl: gem.url });
  await api.sync('FULL');
  await makeOld(api);
  return { api, gem };
}

async function makeOld({ database, integrationId }: Api): Promise<void> {
  for (const { name } of models) {
    await sql`
      update ${sql.table(name)} set changed_at = ${before}::timestamptz where integration_id = ${integrationId}
    `.execute(database);
  }
  await sql`delete from entry_changes where integration_id = ${integrationId}`.execute(database);
}

async function changed(api: Api, list: string, more = ''): Promise<unknown[]> {
  const items = await api.list(`/v1/ats/${list}?updated_after=${since}${more}`);
  return items.map(({ remote_id: id }) => id).toSorted();
}

const later = { updated_at: '2026-05-20T00:00:00.000Z' };

const moves: [
  what: string,
  list: string,
  shown: string[],
  change: (now: ReturnType<typeof account>) => StubLists,
][] = [
  [
    'an application that goes to another candidate',
    'candidates',
    ['candidate-1', 'candidate-2'],
    () => ({
      listApplications: [
        applicationRecord('application-1', 'candidate-2'),
        applicationRecord('application-2', 'candidate-2'),
      ],
    }),
  ],
  [
    'a posting that goes to another job',
    'jobs',
    ['job-1', 'job-2'],
    () => ({ listJobPosts: [postRecord('post-1', 'job-2')] }),
  ],
  [
    'an interview that goes to another application',
    'applications',
    ['application-1', 'application-2'],
    ({ listScheduledInterviews: [interview] }) => ({
      listScheduledInterviews: [
        interviewRecord('interview-1', 'application-2', {
          ...later,
          ...interview,
          application_id: 'application-2',
        }),
      ],
    }),
  ],
  [
    'a stage that goes to another job',
    'jobs',
    ['job-1', 'job-2'],
    ({ listJobStages }) => ({
      listJobStages: [stageRecord('stage-1', 'job-2', ['item-0']), ...listJobStages.slice(1)],
    }),
  ],
  [
    'somebody who leaves a hiring team',
    'jobs',
    ['job-1'],
    ({ listJobs: [, second] }) => ({ listJobs: [jobRecord('job-1'), ...(second ? [second] : [])] }),
  ],
  [
    'somebody who interviews no more',
    'interviews',
    ['interview-1'],
    ({ listScheduledInterviews: [interview] }) => ({
      listScheduledInterviews: interview ? [{ ...interview, interviewers: [] }] : [],
    }),
  ],
  [
    'a user who is deleted, in hiring teams',
    'jobs',
    ['job-2'],
    () => ({ listUsers: [userRecord('user-1'), userRecord('user-2', { deleted_at: later.updated_at })] }),
  ],
  [
    'a user who is deleted, in interviews',
    'interviews',
    ['interview-1'],
    () => ({ listUsers: [userRecord('user-1'), userRecord('user-2', { deleted_at: later.updated_at })] }),
  ],
  ['a user who vanishes', 'jobs', ['job-2'], () => ({ listUsers: [userRecord('user-1')] })],
];

test.each(moves)('%s counts as a change in /ats/%s of %j', async (_, list, shown, change) => {
  const { api, gem } = await start();
  expect(await changed(api, list)).toEqual([]);
  Object.assign(gem.lists, change(account()));
  await api.sync('FULL');
  expect(await changed(api, list)).toEqual(shown);
});

test('a user who comes back, or is known only after the job, counts as a change of the job', async () => {
  const { api, gem } = await start();
  gem.lists.listUsers = [userRecord('user-1')];
  await api.sync('FULL');
  await makeOld(api);
  gem.lists.listUsers = account().listUsers;
  await api.sync('FULL');
  expect(await changed(api, 'jobs')).toEqual(['job-2']);
});

test('`changed_at` of what lost an entry stays as it is, and a sync that finds nothing new shows nothing', async () => {
  const { api, gem } = await start();
  gem.lists.listJobPosts = [postRecord('post-1', 'job-2')];
  await api.sync('FULL');
  expect(await changed(api, 'candidates')).toEqual([]);
  // The text of a job comes from its postings and is the job's own.
  expect(await changed(api, 'jobs')).toEqual(['job-1', 'job-2']);
  gem.lists.listApplications = [
    applicationRecord('application-1', 'candidate-2'),
    applicationRecord('application-2', 'candidate-2'),
  ];
  await api.sync('FULL');
  for (const candidate of await api.list(`/v1/ats/candidates?updated_after=${since}`)) {
    expect(candidate).toMatchObject({ changed_at: before });
  }
  await makeOld(api);
  await api.sync('FULL');
  await api.sync('DELTA');
  for (const list of ['users', 'jobs', 'candidates', 'applications', 'interviews', 'application-stages']) {
    expect(await changed(api, list, '&include_deleted=true'), list).toEqual([]);
  }
});

test('it counts whoever brings it: a delta sync, or the answer to a write', async () => {
  const { api, gem } = await start();
  gem.lists.listApplications = [applicationRecord('application-1', 'candidate-2')];
  await api.sync('DELTA');
  expect(await changed(api, 'candidates')).toEqual(['candidate-1', 'candidate-2']);
  await makeOld(api);
  const integration = await findIntegration(api, api.integrationId);
  if (!integration) throw new Error('the integration is not there');
  const moved = applicationRecord('application-1', 'somebody who is not known');
  const clock = fixedClock(later.updated_at);
  const records = [moved];
  await saveRecords({ store: api, clock, integration, listing: 'listApplications', records });
  expect(await changed(api, 'candidates')).toEqual(['candidate-2']);
});

test('it counts also when the entry was cleared since, at the moment when it was removed', async () => {
  const { api, gem } = await start();
  gem.lists.listApplications = [applicationRecord('application-2', 'candidate-2')];
  await api.sync('FULL');
  const clock = fixedClock('2026-08-01T00:00:00.000Z');
  expect(await clearGoneRows(api.database, { before: '2026-07-01T00:00:00.000Z', clock })).toBeGreaterThan(0);
  expect(await changed(api, 'candidates')).toEqual(['candidate-1']);
  const items = await api.list('/v1/ats/candidates?updated_after=2026-07-01');
  expect(items).toEqual([]);
});
