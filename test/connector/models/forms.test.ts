// What is read of a field of Gem that holds this or that: the values of use, in the form that the mapping needs.
import { describe, expect, test } from 'vitest';
import * as forms from '../../../connector/models/forms.ts';

/** A number as the reader of Gem's answers keeps it when it has more digits than JavaScript can tell. */
const long = (digits: string) => JSON.rawJSON(digits);

describe('a text', () => {
  test.each([
    ['Jane', 'Jane'],
    ['', ''],
    [' ', ' '],
    [7, '7'],
    [0, '0'],
    [-1.5, '-1.5'],
    [long('12345678901234567890'), '12345678901234567890'],
    [Infinity, undefined],
    [true, undefined],
    [null, undefined],
    [undefined, undefined],
    [['Jane'], undefined],
    [{ rawJSON: '7' }, undefined],
  ])('is read of %o as %j', (given, read) => {
    expect(forms.text(given)).toBe(read);
  });
});

describe('a name of a record', () => {
  test.each([
    ['job-1', 'job-1'],
    [0, '0'],
    [long('12345678901234567890'), '12345678901234567890'],
    ['', undefined],
    [{}, undefined],
  ])('is read of %o as %j', (given, read) => {
    expect(forms.identifier(given)).toBe(read);
  });
});

describe('a word of a list', () => {
  test.each([
    ['open', 'open'],
    [' open ', ' open '],
    ['', undefined],
    ['  ', undefined],
    [7, undefined],
    [null, undefined],
    [['open'], undefined],
  ])('is read of %o as %j', (given, read) => {
    expect(forms.word(given)).toBe(read);
  });
});

describe('yes or no', () => {
  test.each([
    [true, true],
    [false, false],
    ['true', undefined],
    [1, undefined],
    [null, undefined],
  ])('is read of %o as %j', (given, read) => {
    expect(forms.flag(given)).toBe(read);
  });
});

describe('a whole number', () => {
  test.each([
    [3, 3],
    [0, 0],
    ['3', 3],
    ['-30', -30],
    [2 ** 31 - 1, 2 ** 31 - 1],
    [-(2 ** 31) + 1, -(2 ** 31) + 1],
    [2 ** 31, undefined],
    [-(2 ** 31), undefined],
    ['2147483648', undefined],
    [1.5, undefined],
    ['1.5', undefined],
    ['3rd', undefined],
    ['no 3', undefined],
    ['x3', undefined],
    ['1e3', undefined],
    ['+3', undefined],
    ['0x10', undefined],
    ['', undefined],
    [true, undefined],
    [null, undefined],
    [['3'], undefined],
  ])('is read of %o as %j', (given, read) => {
    expect(forms.integer(given)).toBe(read);
  });
});

describe('when a record was deleted', () => {
  test.each([
    ['2026-03-01T09:00:00Z', '2026-03-01T09:00:00.000Z', true],
    [1_772_355_600, '2026-03-01T09:00:00.000Z', true],
    [null, null, false],
    [undefined, null, false],
    ['', null, false],
    ['yes', undefined, false],
    [true, undefined, false],
  ])('is read of %o as %j, so that it is deleted: %j', (deleted_at, read, isDeleted) => {
    expect(forms.deletion(deleted_at)).toBe(read);
    expect(forms.isDeleted({ deleted_at })).toBe(isDeleted);
  });

  test.each(['2026-03-01T09:00:00Z', ['2026-03-01T09:00:00Z'], null, undefined, 7])(
    'is not told by %o, which is no record',
    (value) => {
      expect(forms.isDeleted(value)).toBe(false);
    },
  );

  test('is not told by a list that has such a field', () => {
    expect(forms.isDeleted(Object.assign([], { deleted_at: '2026-03-01T09:00:00Z' }))).toBe(false);
  });
});

describe('an object', () => {
  const person = forms.object({ id: forms.identifier, name: forms.text }, ['id']);

  test('has what was read of its fields, in the order of the readers, and itself as it came', () => {
    const given = { name: 7, id: 'uma', more: true };
    const read = person(given);
    expect(read).toEqual({ raw: given, id: 'uma', name: '7' });
    expect(read?.raw).toBe(given);
  });

  test('has every field, be it of no use', () => {
    expect(Object.keys(person({ id: 'uma' }) ?? {})).toEqual(['raw', 'id', 'name']);
  });

  test('is of no use without what it needs', () => {
    expect(person({ name: 'Uma' })).toBeUndefined();
    expect(forms.object({ name: forms.text })({})).toEqual({ raw: {}, name: undefined });
  });

  test.each([[['uma']], 'uma', 7, null, undefined, long('7')])('is not read of %o', (given) => {
    expect(forms.object({ name: forms.text })(given)).toBeUndefined();
  });
});

describe('a list', () => {
  const names = forms.list(forms.text);

  test('has the elements that are of use', () => {
    expect(names(['Jane', null, 7, {}])).toEqual(['Jane', '7']);
  });

  test.each([null, undefined, 'Jane', { length: 1, 0: 'Jane' }])('is empty where %o came', (given) => {
    expect(names(given)).toEqual([]);
  });
});

describe('an object, or a text for one of its fields', () => {
  const source = forms.objectOr(forms.object({ name: forms.text, id: forms.identifier }), 'name');

  test('is the same either way', () => {
    expect(source({ name: 'Referral' })).toMatchObject({ name: 'Referral', id: undefined });
    expect(source('Referral')).toMatchObject({ name: 'Referral', id: undefined });
  });

  test.each(['', ' ', 7, null])('is neither in %j', (given) => {
    expect(source(given)).toBeUndefined();
  });
});

describe("the team's own fields", () => {
  test('are what came, when that is an object', () => {
    expect(forms.ownFields({ Level: 'Senior' })).toEqual({ Level: 'Senior' });
  });

  test.each([null, undefined, 'Senior', ['Senior'], long('7')])('are none in %o', (given) => {
    expect(forms.ownFields(given)).toEqual({});
  });
});

test('a reader of a form of several parts says of which', () => {
  const fields = { id: forms.identifier, name: forms.text };
  const person = forms.object(fields, ['id']);
  expect(person.form).toEqual({ kind: 'object', fields, needed: ['id'] });
  expect(forms.object(fields).form).toEqual({ kind: 'object', fields, needed: [] });
  expect(forms.list(person).form).toEqual({ kind: 'list', item: person });
  expect(forms.objectOr(person, 'name').form).toEqual({
    kind: 'object-or-text',
    object: person,
    field: 'name',
  });
});
