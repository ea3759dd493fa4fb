import { fc, test as law } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { firstDepartment, firstOffice } from '../../../connector/policy/jobs.ts';
import { described } from '../../support/arbitraries/described.ts';
import { officeRecord as office } from '../models/support/places.ts';

test('a location is the place of the first office, with its country where that is certain', () => {
  expect(firstOffice([office('North', 'Oslo, Norway'), office('South', 'Rome, Italy')])).toEqual({
    city: null,
    country: 'NO',
    raw: 'Oslo, Norway',
    state: null,
    street_1: null,
    street_2: null,
    zip_code: null,
  });
});

test("the office's name stands in for a place that is empty or blank", () => {
  expect(firstOffice([office('Norway', '')])).toMatchObject({ raw: 'Norway', country: 'NO' });
  expect(firstOffice([office('Berlin', ' \t ')])).toMatchObject({ raw: 'Berlin', country: null });
});

test("the office's name stands in for a place that is missing", () => {
  expect(firstOffice([{ name: 'Norway' }])).toMatchObject({ raw: 'Norway', country: 'NO' });
  expect(firstOffice([{ name: 'Norway', location: {} }])).toMatchObject({ raw: 'Norway', country: 'NO' });
});

test('an office without any text is a location without one', () => {
  expect(firstOffice([office(' ', '')])).toMatchObject({ raw: null, country: null });
});

test('a text keeps its blanks', () => {
  expect(firstOffice([office('Berlin', ' Oslo ')])?.raw).toBe(' Oslo ');
});

test('without offices there is no location', () => {
  expect(firstOffice([])).toBeNull();
});

law.prop([fc.array(described('Department'))])('a department is the name of the first one', (departments) => {
  expect(firstDepartment(departments)).toBe(departments.length === 0 ? null : departments[0]?.name);
});
