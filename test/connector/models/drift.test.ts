// How a record departs from its description, in the words that the store keeps.
import { describe, expect, test } from 'vitest';
import { Drift } from '../../../connector/models/drift.ts';
import { type ListingName, listingOf } from '../../../connector/models/listings.ts';
import { candidateRecord, oneOfEach, userRecord } from '../../support/gem-records.ts';

/** A record of each list that is as described. */
const asDescribed = oneOfEach();

/** How often the records depart, by kind and path. */
function departures(listing: ListingName, ...records: unknown[]): Record<string, number> {
  const drift = new Drift();
  for (const record of records) drift.addRecord(listingOf(listing), record);
  return Object.fromEntries(drift.counts.map(({ kind, path, count }) => [`${kind} ${path}`, count]));
}

const user = userRecord('user-1');
const [application] = asDescribed.listApplications;

describe('nothing departs', () => {
  test.each(Object.entries(asDescribed))('where %s sends what is described', (listing, records) => {
    expect(departures(listing as ListingName, ...records)).toEqual({});
  });

  test('where a field is missing', () => {
    const { name: _, ...nameless } = user;
    expect(departures('listUsers', nameless)).toEqual({});
  });

  test('where a field that may be one of several forms is null', () => {
    expect(departures('listApplications', { ...application, source: null })).toEqual({});
  });
});

describe('a value departs', () => {
  test.each([
    ['by its form', { disabled: 'no' }, { 'other-form disabled': 1 }],
    ['by its form, be it a time', { created_at: 5 }, { 'other-form created_at': 1 }],
    [
      'by its form where it is a time that is written otherwise',
      { created_at: '2026-03-01' },
      { 'other-form created_at': 1 },
    ],
    ['where it is no time', { created_at: '2026-02-30' }, { 'bad-time created_at': 1 }],
    ['where its name is not described', { nickname: 'Um' }, { 'unknown-field nickname': 1 }],
  ])('%s', (_, fields, expected) => {
    expect(departures('listUsers', { ...user, ...fields })).toEqual(expected);
  });

  test('where a list of words does not have it', () => {
    expect(departures('listApplications', { ...application, status: 'gone' })).toEqual({
      'unknown-word status': 1,
    });
  });

  test('where it is null and none is described, once for each record', () => {
    expect(departures('listUsers', { ...user, disabled: null, created_at: null })).toEqual({
      'unexpected-null disabled': 1,
      'unexpected-null created_at': 1,
    });
    const phone_numbers = [{ value: '1', type: null }, null, null];
    expect(departures('listCandidates', { ...candidateRecord('jane'), phone_numbers })).toEqual({
      'unexpected-null phone_numbers.type': 1,
      'unexpected-null phone_numbers': 2,
    });
  });

  test('once, where a word is expected and it is none', () => {
    expect(departures('listApplications', { ...application, status: 5 })).toEqual({ 'other-form status': 1 });
  });

  test('once, where several forms are possible and it has none of them', () => {
    expect(departures('listApplications', { ...application, source: 'Referral' })).toEqual({
      'other-form source': 1,
    });
  });

  test('within a form of several by what is wrong there', () => {
    const current_stage = { id: 5, name: 'New' };
    expect(departures('listApplications', { ...application, current_stage })).toEqual({
      'other-form current_stage.id': 1,
    });
  });
});

describe('the way to a value', () => {
  test('leads through lists without saying where in them', () => {
    const phone = (type: unknown) => ({ value: '1', type });
    const phone_numbers = [
      phone(5),
      ...Array.from({ length: 9 }, () => phone('mobile')),
      phone('moon'),
      phone('sun'),
    ];
    expect(departures('listCandidates', { ...candidateRecord('jane'), phone_numbers })).toEqual({
      'other-form phone_numbers.type': 1,
      'unknown-word phone_numbers.type': 2,
    });
  });

  test('says a name that is one, however it is made up', () => {
    const names = ['x', 'a1', '1a', '_', 'x'.repeat(60)];
    const fields = Object.fromEntries(names.map((name) => [name, true]));
    expect(departures('listUsers', { ...user, ...fields })).toEqual(
      Object.fromEntries(names.map((name) => [`unknown-field ${name}`, 1])),
    );
  });

  test('keeps quiet about a name that may be of a person', () => {
    const fields = Object.fromEntries(
      ['Jane Doe', '!x', 'x!', 'é', 'x'.repeat(61)].map((name) => [name, true]),
    );
    expect(departures('listUsers', { ...user, ...fields })).toEqual({ 'unknown-field ?': 5 });
  });
});

test('each way counts for itself, however often it comes', () => {
  const odd = { ...user, disabled: 'no', nickname: 'Um', site_admin: 'no' };
  expect(departures('listUsers', odd, user, { ...user, disabled: 0 }, odd)).toEqual({
    'other-form disabled': 3,
    'unknown-field nickname': 2,
    'other-form site_admin': 2,
  });
});

test('the same path may be departed from in several ways', () => {
  const drift = new Drift();
  for (const kind of ['bad-time', 'other-form', 'bad-time'] as const) drift.add({ path: 'start', kind });
  expect(drift.counts).toEqual([
    { path: 'start', kind: 'bad-time', count: 2 },
    { path: 'start', kind: 'other-form', count: 1 },
  ]);
});

test('a hundred ways are told apart, and of those that come after, none', () => {
  const drift = new Drift();
  for (const _ of [1, 2]) {
    for (let field = 0; field < 101; field += 1) drift.add({ path: `f${field}`, kind: 'unknown-field' });
  }
  expect(drift.counts).toHaveLength(100);
  expect(drift.counts.at(-1)).toEqual({ path: 'f99', kind: 'unknown-field', count: 2 });
});
