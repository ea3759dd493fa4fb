import { expect, test } from 'vitest';
import { beginReading } from '../../../connector/store/queries/rows.ts';
import { saveRecords } from '../../../connector/sync/save-records.ts';
import type { ListingName, RecordOf } from '../../../connector/models/listings.ts';
import { useStore, type Connected } from '../../support/connected.ts';
import {
  applicationRecord,
  candidateRecord,
  interviewRecord,
  oneOfEach,
  userRecord,
} from '../../support/gem-records.ts';
import { answer, startStubGem, type StubGem } from '../../support/stub-gem.ts';

const { store, connect } = useStore();

function save<Listing extends ListingName>(
  { integration, clock }: Connected,
  listing: Listing,
  records: readonly RecordOf[Listing][],
  reading?: number,
): Promise<unknown> {
  return saveRecords({ store: store(), clock, integration, listing, records, reading });
}

/** Holds back the first page of a list, as it is when it is asked for, until something else was done. */
function meanwhile(stub: StubGem, path: string, act: () => Promise<unknown>): void {
  stub.intercept = (request, response) => {
    const target = new URL(request.url ?? '', 'http://stub');
    if (target.pathname !== path || target.searchParams.get('page') !== '1') return false;
    stub.intercept = () => false;
    const page = structuredClone(stub.lists.listApplications ?? []);
    void act().then(() => answer(response, 200, page));
    return true;
  };
}

const early = '2026-05-01T00:00:00.000Z';
const late = '2026-05-02T00:00:00.000Z';
const asRead = (at: string) => applicationRecord('application-1', 'candidate-1', { last_activity_at: at });
const asWritten = (at: string) =>
  applicationRecord('application-1', 'candidate-1', {
    last_activity_at: at,
    current_stage: { id: 'stage-2', name: 'Onsite' },
  });

async function stageOf({ rows }: Connected): Promise<unknown> {
  const stages = await rows('ats_application_stages');
  const [application] = await rows('ats_applications');
  return stages.find(({ id }) => id === application?.['current_stage_id'])?.remote_id;
}

test.each([
  ['FULL', 'earlier', early, late, 'stage-2'],
  ['FULL', 'the same', late, late, 'stage-2'],
  ['FULL', 'later', late, early, 'stage-1'],
  ['DELTA', 'earlier', early, late, 'stage-2'],
  ['DELTA', 'the same', late, late, 'stage-2'],
] as const)(
  'a page of a %s sync that was asked for before a write, whose time is %s: %s against %s leaves %s',
  async (type, _, read, written, expected) => {
    const stub = await startStubGem({ ...oneOfEach(), listApplications: [asRead(read)] });
    const connected = await connect(stub);
    await connected.sync();
    meanwhile(stub, '/ats/v0/applications/', () => save(connected, 'listApplications', [asWritten(written)]));
    expect(await connected.sync({ type })).toMatchObject({ state: 'SUCCEEDED' });
    expect(await stageOf(connected)).toBe(expected);
  },
);

test('a write that brings what is stored already is noted too', async () => {
  const stub = await startStubGem({ ...oneOfEach(), listApplications: [asRead(late)] });
  const connected = await connect(stub);
  await connected.sync();
  await save(connected, 'listApplications', [asWritten(late)]);
  meanwhile(stub, '/ats/v0/applications/', () => save(connected, 'listApplications', [asWritten(late)]));
  await connected.sync();
  expect(await stageOf(connected)).toBe('stage-2');
});

test.each(['FULL', 'DELTA'] as const)(
  'times that go backwards keep nothing old for longer than to the next %s sync that shows it',
  async (type) => {
    const stub = await startStubGem({ ...oneOfEach(), listApplications: [asRead(early)] });
    const connected = await connect(stub);
    await connected.sync();
    await save(connected, 'listApplications', [asWritten('2999-01-01T00:00:00.000Z')]);
    await connected.sync({ type });
    expect(await stageOf(connected)).toBe('stage-1');
  },
);

test('of two answers to writes, the newer by Gem’s time stays, in whichever order they are stored', async () => {
  const stub = await startStubGem({ ...oneOfEach(), listApplications: [] });
  const connected = await connect(stub);
  await connected.sync();
  await save(connected, 'listApplications', [asWritten(late)]);
  await save(connected, 'listApplications', [asRead(early)]);
  expect(await stageOf(connected)).toBe('stage-2');
  await save(connected, 'listApplications', [asRead(late)]);
  expect(await stageOf(connected)).toBe('stage-1');
});

test('what was only read is held against what was stored since, as a page is', async () => {
  const stub = await startStubGem(oneOfEach());
  const connected = await connect(stub);
  await connected.sync();
  const reading = await beginReading(store().database);
  await save(connected, 'listApplications', [asWritten(late)]);
  await save(connected, 'listApplications', [asRead(late)], reading);
  expect(await stageOf(connected)).toBe('stage-2');
});

test('a version wins whole: with the parts of its record', async () => {
  const lists = oneOfEach();
  const [before] = lists.listScheduledInterviews;
  if (!before) throw new Error('there is no interview');
  const stub = await startStubGem(lists);
  const connected = await connect(stub);
  await connected.sync();
  const interviewer = { ...before.interviewers[0], id: 'user-1', email: '', name: 'Uma User' };
  const after = interviewRecord('interview-1', 'application-1', {
    ...before,
    interviewers: [{ employee_id: null, response_status: 'accepted', scorecard_id: null, ...interviewer }],
  });
  const old = structuredClone(lists.listScheduledInterviews);
  stub.intercept = (request, response) => {
    const target = new URL(request.url ?? '', 'http://stub');
    if (target.pathname !== '/ats/v0/scheduled_interviews/') return false;
    stub.intercept = () => false;
    void save(connected, 'listScheduledInterviews', [after]).then(() => answer(response, 200, old));
    return true;
  };
  expect(await connected.sync()).toMatchObject({ state: 'SUCCEEDED' });
  const joins = await connected.rows('ats_join_interviews_users');
  expect(joins.filter((join) => join['remote_deleted_at'] === null)).toMatchObject([
    { remote_id: 'interview-1/user-1' },
  ]);
  await connected.sync();
  const again = await connected.rows('ats_join_interviews_users');
  expect(again.filter((join) => join['remote_deleted_at'] === null)).toMatchObject([
    { remote_id: 'interview-1/user-2' },
  ]);
});

test('what was brought since a full sync began is not gone, though no list of it shows it', async () => {
  const stub = await startStubGem(oneOfEach());
  const connected = await connect(stub);
  await connected.sync();
  stub.lists.listApplications = [applicationRecord('application-3', 'candidate-3')];
  stub.lists.listCandidates = [candidateRecord('candidate-3')];
  meanwhile(stub, '/ats/v0/users/', async () => {
    await save(connected, 'listCandidates', [candidateRecord('candidate-2')]);
    await save(connected, 'listApplications', [asWritten(late)]);
  });
  stub.lists.listUsers = [userRecord('user-1', { site_admin: true }), userRecord('user-2')];
  await connected.sync();
  expect(await connected.rows('ats_candidates')).toMatchObject([
    { remote_id: 'candidate-1', remote_deleted_at: expect.any(String) },
    { remote_id: 'candidate-2', remote_deleted_at: null },
    { remote_id: 'candidate-3', remote_deleted_at: null },
  ]);
  expect(await connected.rows('ats_applications')).toMatchObject([
    { remote_id: 'application-1', remote_deleted_at: null },
    { remote_id: 'application-3', remote_deleted_at: null },
  ]);
});
