import { describe, expect, test } from 'vitest';
import type { ColumnType } from '../../../connector/models/forms.ts';
import { models } from '../../../connector/models/index.ts';
import { beginReading, upsertRows } from '../../../connector/store/queries/rows.ts';
import { saveRecords } from '../../../connector/sync/save-records.ts';
import { useStore } from '../../support/connected.ts';
import {
  applicationRecord,
  candidateRecord,
  interviewRecord,
  jobRecord,
  oneOfEach,
  postRecord,
  stageRecord,
} from '../../support/gem-records.ts';
import { startStubGem } from '../../support/stub-gem.ts';

const { store, connect } = useStore();

test('records of a write are rows just as a sync would have made them', async () => {
  const lists = oneOfEach();
  const { integration, clock, rows, sync, changes } = await connect(await startStubGem(lists));
  const into = { store: store(), clock, integration };
  const candidates = { listing: 'listCandidates', records: lists.listCandidates } as const;
  expect(await saveRecords({ ...into, ...candidates })).toEqual({ saved: 1, rejected: 0 });
  await saveRecords({ ...into, listing: 'listApplications', records: lists.listApplications });
  const [candidate] = await rows('ats_candidates');
  expect(await rows('ats_applications')).toMatchObject([{ candidate_id: candidate?.id }]);
  const before = await changes();
  clock.advance(60_000);
  await sync();
  expect(await changes()).toMatchObject(before);
});

test('an application that moves takes along its interviews whose place no stage holds', async () => {
  const lists = oneOfEach();
  const adrift = interviewRecord('adrift', 'application-1', { job_stage_interview_item_id: 'nowhere' });
  const stub = await startStubGem({ ...lists, listScheduledInterviews: [adrift] });
  const { integration, clock, rows, sync } = await connect(stub);
  await sync();
  const moved = applicationRecord('application-1', 'candidate-1', {
    current_stage: { id: 'stage-2', name: 'Onsite' },
  });
  await saveRecords({ store: store(), clock, integration, listing: 'listApplications', records: [moved] });
  const [, second] = await rows('ats_application_stages');
  expect(await rows('ats_interviews')).toMatchObject([{ stage_id: second?.id }]);
});

test('a stage that comes by a write takes over the interviews whose place it holds', async () => {
  const stub = await startStubGem(oneOfEach());
  const { integration, clock, rows, sync } = await connect(stub);
  await sync();
  const saved = (id: string, places: string[]) =>
    saveRecords({
      store: store(),
      clock,
      integration,
      listing: 'listJobStages',
      records: [stageRecord(id, 'job-1', places)],
    });
  const [first, second] = await rows('ats_application_stages');
  expect(await rows('ats_interviews')).toMatchObject([{ stage_id: second?.id }]);
  await saved('stage-2', []);
  await saved('stage-1', ['item-9']);
  expect(await rows('ats_interviews')).toMatchObject([{ stage_id: first?.id }]);
});

test('a record that cannot be used is counted, and the others are stored', async () => {
  const { integration, clock, rows } = await connect(await startStubGem());
  const records = [candidateRecord(''), candidateRecord('b')];
  const result = await saveRecords({
    store: store(),
    clock,
    integration,
    listing: 'listCandidates',
    records,
  });
  expect(result).toEqual({ saved: 1, rejected: 1 });
  expect(await rows('ats_candidates')).toHaveLength(1);
});

test('a posting that comes by a write is the text of its job, and of no other', async () => {
  const listJobs = [jobRecord('job-1'), jobRecord('job-2')];
  const listJobPosts = [postRecord('post-1', 'job-1'), postRecord('post-2', 'job-2')];
  const { integration, clock, rows, sync } = await connect(await startStubGem({ listJobs, listJobPosts }));
  await sync();
  const into = { store: store(), clock, integration };
  const records = [postRecord('post-1', 'job-1', { content: 'by a write' })];
  await saveRecords({ ...into, listing: 'listJobPosts', records });
  expect(await rows('ats_jobs')).toMatchObject([
    { description: 'by a write' },
    { description: '<p>post-2</p>' },
  ]);
});

const someValue: Readonly<Record<ColumnType, unknown>> = {
  text: 'text',
  boolean: true,
  integer: 1,
  jsonb: [{ key: 'Bicycle', value: false }],
  timestamptz: '2026-02-02T02:02:02.002Z',
};

describe.each(models)('a row of $name', (model) => {
  test('is stored again when one column alone is different, whichever it is, and not when none is', async () => {
    const { integration } = await connect(await startStubGem());
    const columns = Object.entries({ remote_deleted_at: 'timestamptz' as const, ...model.columns });
    const rows = columns.map(([name]) => ({
      // A row that joins two others names both.
      ...Object.fromEntries(columns.map(([column, type]) => [column, type === 'text' ? 'before' : null])),
      id: `${integration.id} ${name}`,
      remote_id: name,
      remote_deleted_at: null,
    }));
    const different = rows.map((row, index) => {
      const [name, type] = columns[index] ?? ['', 'text'];
      return { ...row, [name]: someValue[type] };
    });
    const write = async (written: typeof rows) =>
      upsertRows(store().database, {
        model,
        integrationId: integration.id,
        rows: written,
        changedAt: '2026-06-01T00:00:00.000Z',
        origin: { reading: await beginReading(store().database), isNumberedBefore: true },
      });
    const ids = rows.map(({ id }) => id).toSorted();
    expect((await write(rows)).toSorted()).toEqual(ids);
    expect(await write(rows)).toEqual([]);
    expect((await write(different)).toSorted()).toEqual(ids);
  });
});
