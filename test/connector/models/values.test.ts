import { fc, test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { toColumn, toInstant, type ColumnType } from '../../../connector/models/values.ts';
import { anyMoment } from '../../support/arbitraries/described.ts';

describe('a moment (kombo-unified-api §1.6)', () => {
  test.each([
    ['2026-03-01T09:00:00Z', '2026-03-01T09:00:00.000Z', 'in UTC stays'],
    ['2026-03-01T09:00:00+02:00', '2026-03-01T07:00:00.000Z', 'of another zone is brought to UTC'],
    ['2026-03-01T09:00:00-02:00', '2026-03-01T11:00:00.000Z', 'of a zone in the west is brought to UTC'],
    ['2026-03-01T09:00:00.123456', '2026-03-01T09:00:00.123Z', 'without a zone is in UTC'],
    ['2026-03-01t09:00:00', '2026-03-01T09:00:00.000Z', 'in small letters is one all the same'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z', 'that is a date begins the day in UTC'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z', 'may lie in the first year'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z', 'may lie in the last year'],
  ])('%s is written %s: what is %s', (given, expected) => {
    expect(toInstant(given)).toBe(expected);
    expect(toColumn('timestamptz', given)).toBe(expected);
  });

  test('without a zone is in UTC, wherever the program runs', () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'America/New_York';
    try {
      expect(toInstant('2026-03-01T09:00:00')).toBe('2026-03-01T09:00:00.000Z');
      expect(toInstant('2026-03-01')).toBe('2026-03-01T00:00:00.000Z');
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  test.each([
    'soon',
    '',
    '2026-13-01',
    '0000-12-31T23:59:59Z',
    '+010000-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
  ])('%j is none, which is said', (given) => {
    expect(() => toInstant(given)).toThrow(new RangeError('a moment is not one'));
    expect(() => toColumn('timestamptz', given)).toThrow(RangeError);
  });

  law.prop([anyMoment])('is the same moment after it was written', (moment) => {
    const instant = toInstant(moment) ?? '';
    expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Date.parse(instant)).toBe(Date.parse(moment));
  });
});

describe('a whole number', () => {
  const greatest = 2_147_483_647;

  law.prop([fc.integer({ min: -greatest, max: greatest })])('stays as it is', (number) => {
    expect(toColumn('integer', number)).toBe(number);
    expect(toColumn('integer', String(number))).toBe(number);
  });

  test('fits up to the greatest that PostgreSQL holds', () => {
    expect(toColumn('integer', greatest)).toBe(greatest);
    expect(toColumn('integer', -greatest)).toBe(-greatest);
  });

  test.each([greatest + 1, -greatest - 1, greatest + 2, 1.5, 'three', 1e300])(
    '%s has no place, which is said',
    (given) => {
      expect(() => toColumn('integer', given)).toThrow(
        new RangeError('a whole number is none, or too large'),
      );
    },
  );
});

test.each<ColumnType>(['text', 'boolean', 'integer', 'jsonb', 'timestamptz'])(
  'what is not set is null in a column of %s',
  (type) => {
    expect(toColumn(type, undefined)).toBeNull();
    expect(toColumn(type, null)).toBeNull();
  },
);

test('no moment is none', () => {
  expect(toInstant(undefined)).toBeNull();
  expect(toInstant(null)).toBeNull();
});

law.prop([fc.jsonValue(), fc.constantFrom<ColumnType>('text', 'boolean', 'jsonb')])(
  'any other value stays as it is, also one that looks like nothing',
  (value, type) => {
    fc.pre(value !== null);
    expect(toColumn(type, value)).toBe(value);
  },
);
