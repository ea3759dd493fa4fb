// What a sync stores of records that depart from Gem's description, and what it says of that.
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { komboId } from '../../../connector/identifiers.ts';
import { listings, type ListingName } from '../../../connector/models/listings.ts';
import { forgetRejected, saveRejected } from '../../../connector/store/queries/rejected.ts';
import { noteDrift, readDrift } from '../../../connector/store/queries/drift.ts';
import { rememberCreated } from '../../../connector/store/queries/creations.ts';
import { mapPage, type MappedPage } from '../../../connector/sync/page.ts';
import { useStore } from '../../support/connected.ts';
import {
  applicationRecord,
  candidateRecord,
  jobRecord,
  oneOfEach,
  userLite,
  userRecord,
} from '../../support/gem-records.ts';
import { startStubGem } from '../../support/stub-gem.ts';

const { store, connect } = useStore();
const long = JSON.rawJSON('12345678901234567890');

test('of each list, a record that has nothing but an id is stored', async () => {
  const lists = Object.fromEntries(listings.map(({ operation }) => [operation, [{ id: operation }]]));
  const { sync, rows } = await connect(await startStubGem(lists));
  expect(await sync()).toMatchObject({ state: 'SUCCEEDED', problem: null });
  expect(await rows('ats_users')).toMatchObject([{ remote_id: 'listUsers', status: null, email: null }]);
  expect(await rows('ats_jobs')).toMatchObject([{ name: null, location: null, custom_fields: {} }]);
  expect(await rows('ats_job_postings')).toMatchObject([{ status: null, job_id: null }]);
  expect(await rows('ats_candidates')).toMatchObject([{ first_name: null, email_addresses: [] }]);
  expect(await rows('ats_application_stages')).toMatchObject([{ name: null, interview_item_ids: [] }]);
  expect(await rows('ats_applications')).toMatchObject([{ outcome: null, candidate_id: null, job_id: null }]);
  expect(await rows('ats_interviews')).toMatchObject([{ title: null, canceled: null, application_id: null }]);
  expect(await rows('ats_join_jobs_application_stages')).toEqual([]);
});

describe('what departs is counted', () => {
  test('by list, field and way, without what records hold, and added up from sync to sync', async () => {
    const stub = await startStubGem({
      listUsers: [
        userRecord('a', { disabled: 'Jane' as never }),
        {
          ...userRecord('b'),
          disabled: 'Joe',
          'jane@example.com': 1,
          nickname: 'Jane',
          created_at: '2026-02-30',
        },
        { name: 'Jane Doe' },
      ],
      listCandidates: [
        {
          ...candidateRecord('a', { phone_numbers: [{ type: 'main' as never, value: '1' }] }),
          company: 7,
          deleted_at: null,
        },
      ],
    });
    const { sync, clock, integration } = await connect(stub);
    await sync();
    const first = '2026-06-01T00:00:00.000Z';
    const times = { firstSeenAt: first, lastSeenAt: first };
    expect(await readDrift(store().database, integration.id)).toEqual([
      { listing: 'listUsers', path: 'disabled', kind: 'other-form', count: 2, ...times },
      { listing: 'listCandidates', path: 'company', kind: 'other-form', count: 1, ...times },
      { listing: 'listCandidates', path: 'deleted_at', kind: 'unexpected-null', count: 1, ...times },
      { listing: 'listCandidates', path: 'phone_numbers.type', kind: 'unknown-word', count: 1, ...times },
      { listing: 'listUsers', path: '?', kind: 'unknown-field', count: 1, ...times },
      { listing: 'listUsers', path: 'created_at', kind: 'bad-time', count: 1, ...times },
      { listing: 'listUsers', path: 'id', kind: 'missing-needed', count: 1, ...times },
      { listing: 'listUsers', path: 'nickname', kind: 'unknown-field', count: 1, ...times },
    ]);
    clock.advance(60_000);
    await sync();
    const [disabled] = await readDrift(store().database, integration.id);
    expect(disabled).toMatchObject({ count: 4, firstSeenAt: first, lastSeenAt: '2026-06-01T00:01:00.000Z' });
  });

  test('and fields without end do not fill the store', async () => {
    const { integration } = await connect(await startStubGem());
    const { database } = store();
    const ways = (page: number) =>
      Array.from({ length: 400 }, (_, field) => ({
        path: `f${page}_${field}`,
        kind: 'unknown-field' as const,
        count: 1,
      }));
    const into = {
      integrationId: integration.id,
      listing: 'listUsers' as const,
      at: '2026-06-01T00:00:00.000Z',
    };
    for (const page of [1, 2, 3, 1]) await noteDrift(database, { ...into, counts: ways(page) });
    const drift = await readDrift(database, integration.id);
    expect(drift).toHaveLength(800);
    expect(drift[0]).toMatchObject({ path: 'f1_0', count: 2 });
  });

  test('only once for each way on a page, and only a hundred of them', () => {
    const strange = Object.fromEntries(Array.from({ length: 300 }, (_, field) => [`f${field}`, 1]));
    const page = mapped('listUsers', [
      { ...userRecord('a'), ...strange },
      { ...userRecord('b'), ...strange },
    ]);
    expect(page.drift.counts).toHaveLength(100);
    expect(page.drift.counts[0]).toEqual({ path: 'f0', kind: 'unknown-field', count: 2 });
  });

  test('and nothing is, where a record is as described or only lacks something', async () => {
    const { name: _, created_at: _at, ...user } = userRecord('user-3');
    const lists = oneOfEach();
    const { sync, integration } = await connect(
      await startStubGem({ ...lists, listUsers: [...lists.listUsers, user] }),
    );
    await sync();
    expect(await readDrift(store().database, integration.id)).toEqual([]);
  });
});

describe('a deletion that cannot be read', () => {
  test.each([true, '2026-02-30'])('%j neither deletes a record nor brings it back', async (garbage) => {
    const at = '2026-05-05T05:05:05.000Z';
    const team = { hiring_team: { recruiters: [userLite('uma')] } };
    const gone = jobRecord('gone', { deleted_at: at, ...team });
    const stub = await startStubGem({ listJobs: [jobRecord('here', team), gone] });
    const { sync, rows } = await connect(stub);
    await sync();
    const deleted_at = garbage as never;
    stub.lists.listJobs = ['gone', 'here', 'new'].map((id) =>
      jobRecord(id, { name: 'Other', ...team, deleted_at }),
    );
    expect(await sync()).toMatchObject({ state: 'SUCCEEDED' });
    const expected = [{ remote_deleted_at: at }, { remote_deleted_at: null }, { remote_deleted_at: null }];
    expect(await rows('ats_jobs')).toMatchObject(
      expected.map((deletion) => ({ name: 'Other', ...deletion })),
    );
    expect(await rows('ats_join_jobs_users')).toMatchObject(expected);
  });
});

describe('a record that stands twice on a page', () => {
  const version = (userId: string, updated_at: string) =>
    jobRecord('job', { name: userId, updated_at, hiring_team: { recruiters: [userLite(userId)] } });

  test.each([
    ['the one that changed last', ['2026-03-02T00:00:00Z', '2026-03-01T00:00:00+00:00'], 'first'],
    ['the one that changed last', ['2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z'], 'second'],
    [
      'the later one of those that changed at once',
      ['2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z'],
      'second',
    ],
    ['the later one where it is not known when they changed', ['soon', '2026-03-01T00:00:00Z'], 'second'],
    ['the later one where it is not known when they changed', ['2026-03-01T00:00:00Z', ''], 'second'],
  ])('is %s, with all that is part of it', (_, [first = '', second = ''], expected) => {
    const { rows, remoteIds } = mapped('listJobs', [version('first', first), version('second', second)]);
    expect(remoteIds).toEqual(['job']);
    expect(rows.get('ats_jobs')).toMatchObject([{ name: expected }]);
    expect(rows.get('ats_join_jobs_users')).toMatchObject([{ remote_id: `job/${expected}` }]);
  });

  test('is the one with the last activity, where it is an application', () => {
    const at = (last_activity_at: string, name: string) =>
      applicationRecord('a', 'jane', {
        last_activity_at,
        rejection_reason: { id: '1', name, type: { id: '2', name } },
      });
    const both = [at('2026-03-02T00:00:00Z', 'newer'), at('2026-03-01T00:00:00Z', 'older')];
    const { rows } = mapped('listApplications', both);
    expect(rows.get('ats_applications')).toMatchObject([{ rejection_reason_name: 'newer' }]);
  });
});

describe('a number with more digits than JavaScript can tell', () => {
  test('is kept as it came, in ids, in fields of the team and in what is carried whole', async () => {
    const application = {
      ...applicationRecord('a', 'c', { custom_fields: { number: long, list: [{ deep: long }] } }),
      id: long,
      candidate_id: JSON.rawJSON('-9007199254740993'),
    };
    const { sync, rows, integration } = await connect(
      await startStubGem({ listApplications: [application] }),
    );
    await sync();
    const [row] = await rows('ats_applications');
    expect(row).toMatchObject({
      remote_id: '12345678901234567890',
      candidate_id: komboId(integration.id, '-9007199254740993'),
    });
    const { rows: texts } = await sql<{ fields: string; data: string }>`
      select integration_fields::text as fields, remote_data::text as data from ats_applications
      where integration_id = ${integration.id}
    `.execute(store().database);
    expect(texts[0]?.fields).toContain('"value": 12345678901234567890');
    expect(texts[0]?.fields).toContain('[{"deep": 12345678901234567890}]');
    expect(texts[0]?.data).toContain('"id": 12345678901234567890');
  });

  test('does not hinder texts that a database refuses from being cleaned', async () => {
    const user = { ...userRecord('a', { first_name: 'A\0\uD800' }), employee_id: long };
    const { sync, rows, integration } = await connect(await startStubGem({ listUsers: [user] }));
    expect(await sync()).toMatchObject({ state: 'SUCCEEDED' });
    expect(await rows('ats_users')).toMatchObject([{ first_name: 'A\uFFFD' }]);
    const { rows: texts } = await sql<{ data: string }>`
      select remote_data::text as data from ats_users where integration_id = ${integration.id}
    `.execute(store().database);
    expect(texts[0]?.data).toContain('"employee_id": 12345678901234567890');
  });
});

test('what is nested without end is cut off, and the record is stored', async () => {
  const stub = await startStubGem();
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  const records = JSON.stringify([
    jobRecord('job', { custom_fields: { deep: 'x', level: 3 } }),
    jobRecord('other'),
  ]);
  stub.intercept = (request, response) => {
    const isFirst = /\/jobs\/.*[?&]page=1(&|$)/.test(request.url ?? '');
    if (isFirst) response.setHeader('Content-Type', 'application/json').end(records.replace('"x"', deep));
    return isFirst;
  };
  const { sync, rows } = await connect(stub);
  expect(await sync()).toMatchObject({ state: 'SUCCEEDED' });
  expect((await rows('ats_jobs')).map(({ remote_id }) => remote_id)).toEqual(['job', 'other']);
});

describe('an id of 9,000 bytes', () => {
  const id = randomBytes(6750).toString('base64');

  test('is stored, and so is what refers to it', async () => {
    const stub = await startStubGem({
      listJobs: [jobRecord(id, { hiring_team: { recruiters: [userLite(id)] } })],
      listCandidates: [candidateRecord(id)],
      listApplications: [applicationRecord(id, id)],
    });
    const { sync, rows, integration } = await connect(stub);
    expect(await sync()).toMatchObject({ state: 'SUCCEEDED' });
    expect(await rows('ats_candidates')).toMatchObject([{ remote_id: id }]);
    expect(await rows('ats_applications')).toMatchObject([{ candidate_id: komboId(integration.id, id) }]);
    expect(await rows('ats_join_jobs_users')).toMatchObject([{ remote_id: `${id}/${id}` }]);
  });

  test('is kept with a record that is kept aside, and found again', async () => {
    const { integration } = await connect(await startStubGem());
    const { database } = store();
    const of = { integrationId: integration.id, listing: 'listUsers' as const };
    const rejected = [id, 'short', 'with\0 and \uD800'].map((remoteId) => ({
      remoteId,
      reason: 'odd',
      record: {},
    }));
    await saveRejected(database, { ...of, rejected, at: '2026-06-01T00:00:00.000Z' });
    expect(await kept(integration.id)).toBe(3);
    for (const [place, { remoteId }] of rejected.entries()) {
      await forgetRejected(database, { ...of, remoteIds: [remoteId] });
      expect(await kept(integration.id)).toBe(2 - place);
    }
  });

  test('is remembered of an application that was created, once', async () => {
    const { integration } = await connect(await startStubGem());
    const created = {
      integrationId: integration.id,
      applicationRemoteId: id,
      candidateRemoteId: id,
      at: '2026-06-01T00:00:00.000Z',
    };
    await rememberCreated(store().database, created);
    await rememberCreated(store().database, created);
    const { rows } = await sql`
      select from created_applications where integration_id = ${integration.id}
    `.execute(store().database);
    expect(rows).toHaveLength(1);
  });
});

function mapped(operation: ListingName, records: readonly unknown[]): MappedPage {
  const listing = listings.find((one) => one.operation === operation);
  if (!listing) throw new Error(`there is no list ${operation}`);
  return mapPage(listing, records, {
    integrationId: 'gem:1',
    jobBoardVanity: null,
    isRemoteDataEnabled: false,
  });
}

async function kept(integrationId: string): Promise<number> {
  const { rows } = await sql`
    select from rejected_records where integration_id = ${integrationId}
  `.execute(store().database);
  return rows.length;
}
