// Laws of records that depart from Gem's description in any way: a record is of use as long as it has an id, and what does not
// depend on the odd fields is as it would be without them.
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { identifier } from '../../../connector/models/forms.ts';
import { models } from '../../../connector/models/index.ts';
import { listings, type ListingName } from '../../../connector/models/listings.ts';
import type { Model, Row } from '../../../connector/models/model.ts';
import { listingOf } from '../../../connector/models/listings.ts';
import { mapPage } from '../../../connector/sync/page.ts';
import { records } from '../../support/arbitraries/records.ts';
import { context, rowOf, rowsOf, utc } from './support/mapping.ts';
import { oddValue, placesOf, withValue, type Place } from './support/odd-values.ts';

const every: readonly Model[] = models;

describe.each(listings)('$operation', (listing) => {
  const odd = records[listing.operation].chain((record) =>
    fc
      .array(fc.tuple(fc.constantFrom(...placesOf(record)), oddValue), { minLength: 1, maxLength: 4 })
      .map((changes) => ({
        record,
        changed: changes.reduce<unknown>((value, [place, put]) => withValue(value, place, put), record),
        fields: new Set(changes.map(([place]) => place[0])),
      })),
  );

  test('refuses a record without an id that can be used, and no other', () => {
    fc.assert(
      fc.property(odd, ({ changed }) => {
        const hasId = identifier(Object(changed).id) !== undefined;
        const page = mapPage(listing, [changed], context);
        expect([page.remoteIds.length, page.rejected.length]).toEqual(hasId ? [1, 0] : [0, 1]);
      }),
    );
  });

  test('maps what does not depend on the odd fields as if they were not odd', () => {
    fc.assert(
      fc.property(odd, ({ record, changed, fields }) => {
        if (fields.has('id')) return;
        for (const model of every.filter((one) => one.listing === listing.operation)) {
          expect(independent(model, rowsOf(model, changed), fields)).toEqual(
            independent(model, rowsOf(model, record), fields),
          );
        }
      }),
    );
  });

  test('fills columns with values of their types, whatever it is given', () => {
    fc.assert(
      fc.property(odd, ({ changed }) => {
        for (const [name, rows] of mapPage(listing, [changed], context).rows) {
          const columns = every.find((model) => model.name === name)?.columns ?? {};
          for (const row of rows) expect(wrongIn(row, columns)).toEqual([]);
        }
      }),
    );
  });

  test('takes what is null and what is missing for the same', () => {
    fc.assert(
      fc.property(
        records[listing.operation].chain((record) =>
          fc.tuple(fc.constant(record), fc.constantFrom(...placesOf(record).filter(isOfObject))),
        ),
        ([record, place]) => {
          if (place[0] === 'id' || isPassedOn(place)) return;
          for (const model of every.filter((one) => one.listing === listing.operation)) {
            expect(rowsOf(model, withValue(record, place, null))).toEqual(
              rowsOf(model, withValue(record, place, undefined)),
            );
          }
        },
      ),
    );
  });

  test.each(['not a record', 7, null, undefined, [], true])('%j is no record', (nothing) => {
    expect(mapPage(listing, [nothing], context)).toMatchObject({
      remoteIds: [],
      rejected: [{ remoteId: null }],
    });
  });
});

test.each([
  ['listUsers', 'ats_users', 'first_name', 7, 'first_name', '7'],
  ['listUsers', 'ats_users', 'disabled', 'no', 'status', null],
  ['listJobs', 'ats_jobs', 'requisition_id', 95, 'job_code', '95'],
  ['listJobs', 'ats_jobs', 'name', null, 'name', null],
  ['listJobs', 'ats_jobs', 'status', 'constructor', 'status', 'constructor'],
  ['listJobs', 'ats_jobs', 'status', { word: 'open' }, 'status', null],
  [
    'listJobs',
    'ats_jobs',
    'departments',
    [null, 'Sales', { name: 'Engineering' }],
    'department',
    'Engineering',
  ],
  [
    'listJobs',
    'ats_jobs',
    'offices',
    [{ location: 'Oslo, Norway' }],
    'location',
    expect.objectContaining({ raw: 'Oslo, Norway' }),
  ],
  ['listJobs', 'ats_jobs', 'closed_at', '2026-02-30', 'closed_at', null],
  ['listJobStages', 'ats_application_stages', 'priority', '3', 'global_index', 3],
  ['listJobStages', 'ats_application_stages', 'priority', 2 ** 31, 'global_index', null],
  ['listJobStages', 'ats_application_stages', 'priority', 1.5, 'global_index', null],
  ['listJobPosts', 'ats_job_postings', 'job_id', {}, 'job_id', null],
  [
    'listCandidates',
    'ats_candidates',
    'phone_numbers',
    [null, '1', { type: 'home' }, { type: 7, value: 2 }],
    'phone_numbers',
    [{ phone_number: '2', type: null }],
  ],
  ['listCandidates', 'ats_candidates', 'email_addresses', { value: 'a@example.com' }, 'email_addresses', []],
  ['listCandidates', 'ats_candidates', 'social_media_addresses', [{ value: null }, {}], 'social_media', []],
  ['listCandidates', 'ats_candidates', 'applications', 'none', 'source', null],
  ['listApplications', 'ats_applications', 'status', 'converted', 'outcome', null],
  ['listApplications', 'ats_applications', 'status', 'toString', 'outcome', null],
  ['listApplications', 'ats_applications', 'source', 'LinkedIn', 'custom_fields', { source: 'LinkedIn' }],
  ['listApplications', 'ats_applications', 'source', ['LinkedIn'], 'custom_fields', { source: null }],
  ['listApplications', 'ats_applications', 'rejection_reason', 'Too far', 'rejection_reason_name', 'Too far'],
  ['listApplications', 'ats_applications', 'jobs', [null, {}], 'job_id', null],
  ['listApplications', 'ats_applications', 'rejected_at', null, 'rejected_at', null],
  [
    'listScheduledInterviews',
    'ats_interviews',
    'start',
    '2026-03-01',
    'starting_at',
    '2026-03-01T00:00:00.000Z',
  ],
  [
    'listScheduledInterviews',
    'ats_interviews',
    'start',
    { date_time: 'soon', date: '2026-03-01' },
    'starting_at',
    '2026-03-01T00:00:00.000Z',
  ],
  ['listScheduledInterviews', 'ats_interviews', 'interview', 'Call', 'title', 'Call'],
  ['listScheduledInterviews', 'ats_interviews', 'application_id', [], 'application_id', null],
] as const satisfies readonly [ListingName, string, string, unknown, string, unknown][])(
  'of %s, %s with the %s %j has the %s %j',
  (listing, name, field, value, column, expected) => {
    const [record] = fc.sample<unknown>(records[listing], 1);
    const model = every.find((one) => one.name === name);
    if (!model) throw new Error(`there is no ${name}`);
    expect(rowOf(model, withValue(record, [field], value))[column]).toEqual(expected);
  },
);

test.each([
  [
    'ats_join_jobs_users',
    { hiring_team: { recruiters: ['uma', null, {}, { id: 7 }], sourcers: null } },
    ['job/7'],
  ],
  ['ats_join_jobs_users', { hiring_team: 'uma' }, []],
  ['ats_join_jobs_application_stages', { job_id: null }, []],
  ['ats_join_interviews_users', { interviewers: [{ id: '' }, { id: 'ben' }] }, ['job/ben']],
] as const)('%s leaves out what names nothing in %j', (name, odd, expected) => {
  const model = every.find((one) => one.name === name);
  if (!model) throw new Error(`there is no ${name}`);
  expect(rowsOf(model, { id: 'job', ...odd }).map((row) => row.remote_id)).toEqual(expected);
});

test.each([
  ['2026-03-01', utc('2026-03-01')],
  [null, null],
  ['', null],
  // What cannot be told stays as it is stored.
  ['soon', undefined],
  [true, undefined],
  [false, undefined],
  [{}, undefined],
])('a record whose deletion is said to be %j was deleted: %j', (deleted_at, expected) => {
  expect(listingOf('listUsers').read({ id: 'a', deleted_at })?.deleted_at).toBe(expected);
});

/** The columns that do not depend on these fields; rows of parts depend on the field that holds them as a whole. */
function independent(model: Model, rows: readonly Row[], fields: ReadonlySet<unknown>): unknown[] {
  if ([...(partsOf[model.name] ?? [])].some((field) => fields.has(field))) return [];
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).filter(([column]) => {
        const needs = dependsOn[model.name]?.[column] ?? [column];
        return !needs.some((field) => fields.has(field)) && column !== 'remote_data';
      }),
    ),
  );
}

/** Of which fields the rows of joins are made. */
const partsOf: Readonly<Record<string, readonly string[]>> = {
  ats_join_jobs_users: ['hiring_team'],
  ats_join_jobs_application_stages: ['job_id'],
  ats_join_interviews_users: ['interviewers'],
};

/** Of which fields columns are made that are not called like the field. */
const dependsOn: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  ats_users: { remote_deleted_at: ['deleted_at'], email: ['primary_email_address'], status: ['disabled'] },
  ats_jobs: {
    remote_deleted_at: ['deleted_at'],
    job_code: ['requisition_id'],
    department: ['departments'],
    remote_work_status: ['location_type'],
    location: ['offices'],
    custom_fields: ['offices', 'departments'],
    integration_fields: ['offices', 'departments', 'custom_fields'],
    remote_created_at: ['created_at'],
    remote_updated_at: ['updated_at'],
  },
  ats_job_postings: {
    remote_deleted_at: ['deleted_at'],
    description_html: ['content'],
    status: ['live', 'active', 'first_published_at'],
    visibility: ['external', 'internal', 'listed'],
    url: ['live', 'active', 'external'],
    is_live: ['live', 'active'],
    remote_created_at: ['created_at'],
    remote_updated_at: ['updated_at'],
  },
  ats_candidates: {
    remote_deleted_at: ['deleted_at'],
    confidential: ['is_private'],
    source: ['applications'],
    social_media: ['social_media_addresses'],
    custom_fields: [],
    integration_fields: [],
    remote_created_at: ['created_at'],
    remote_updated_at: ['updated_at'],
  },
  ats_application_stages: {
    remote_deleted_at: ['deleted_at'],
    global_index: ['priority'],
    interview_item_ids: ['interviews'],
  },
  ats_applications: {
    remote_deleted_at: ['deleted_at'],
    outcome: ['status'],
    rejection_reason_name: ['rejection_reason'],
    current_stage_id: ['current_stage'],
    job_id: ['jobs'],
    custom_fields: ['source'],
    integration_fields: ['source', 'custom_fields'],
    remote_created_at: ['applied_at'],
    remote_updated_at: ['last_activity_at'],
  },
  ats_interviews: {
    remote_deleted_at: ['deleted_at'],
    title: ['interview'],
    starting_at: ['start'],
    ending_at: ['end'],
    canceled: ['interviewers', 'status'],
    remote_created_at: ['created_at'],
    remote_updated_at: ['updated_at'],
    interview_item_id: ['job_stage_interview_item_id'],
  },
  ats_join_jobs_users: { remote_deleted_at: ['deleted_at'] },
  ats_join_jobs_application_stages: { remote_deleted_at: ['deleted_at'], index: ['priority'] },
  ats_join_interviews_users: { remote_deleted_at: ['deleted_at'] },
};

/** Columns of a row that hold what their type does not allow. */
function wrongIn(row: Row, columns: Model['columns']): string[] {
  const types = { ...columns, id: 'text', remote_id: 'text', remote_deleted_at: 'timestamptz' };
  const fits: Readonly<Record<string, (value: unknown) => boolean>> = {
    text: (value) => typeof value === 'string',
    boolean: (value) => typeof value === 'boolean',
    integer: (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
    timestamptz: (value) => typeof value === 'string' && utc(value) === value,
    jsonb: (value) => JSON.stringify(value) !== undefined,
  };
  return Object.entries(types)
    .filter(([column, type]) => row[column] !== null && !fits[type]?.(row[column]))
    .map(([column]) => column);
}

/** In a list, what is null is an element that is left out, and what is missing is none. */
function isOfObject(place: Place): boolean {
  return typeof place.at(-1) === 'string';
}

/** What is passed on as it came also passes on that something is null. */
function isPassedOn([field]: Place): boolean {
  return field === 'custom_fields' || field === 'offices' || field === 'departments';
}
