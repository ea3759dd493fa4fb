import { fc, test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { toInstant } from '../../../connector/models/moment.ts';
import { anyMoment } from '../../support/arbitraries/described.ts';

describe('a moment (kombo-unified-api §1.6)', () => {
  test.each([
    ['2026-03-01T09:00:00Z', '2026-03-01T09:00:00.000Z', 'in UTC stays'],
    ['2026-03-01T09:00:00+02:00', '2026-03-01T07:00:00.000Z', 'of another zone is brought to UTC'],
    ['2026-03-01T09:00:00-02:00', '2026-03-01T11:00:00.000Z', 'of a zone in the west is brought to UTC'],
    ['2026-03-01T09:00:00−02:00', '2026-03-01T11:00:00.000Z', 'may have a true minus sign'],
    ['2026-03-01T09:00:00+23:59', '2026-02-28T09:01:00.000Z', 'may be of a zone that is far ahead'],
    ['2026-03-01T09:00:00+0545', '2026-03-01T03:15:00.000Z', 'may have a zone without a colon'],
    ['2026-03-01T09:00:00+02', '2026-03-01T07:00:00.000Z', 'may have a zone of hours only'],
    ['2026-03-01T09:00:00.123456', '2026-03-01T09:00:00.123Z', 'without a zone is in UTC'],
    ['2026-03-01T09:00:00,9999999999Z', '2026-03-01T09:00:00.999Z', 'is cut off after milliseconds'],
    ['2026-03-01t09:00:00z', '2026-03-01T09:00:00.000Z', 'in small letters is one all the same'],
    ['2026-03-01 09:00:00', '2026-03-01T09:00:00.000Z', 'may have a blank in it'],
    ['2026-03-01 09:00:00 +0100', '2026-03-01T08:00:00.000Z', 'may have a blank before its zone'],
    [' 2026-03-01 09:00:00 UTC\n', '2026-03-01T09:00:00.000Z', 'may name UTC, and have blanks around it'],
    ['2026-03-01T09:30', '2026-03-01T09:30:00.000Z', 'may leave out the seconds'],
    ['2026-03-01T09', '2026-03-01T09:00:00.000Z', 'may leave out the minutes'],
    ['2026-03-01T09.5', '2026-03-01T09:30:00.000Z', 'may have a part of an hour'],
    ['2026-03-01T09:30.25', '2026-03-01T09:30:15.000Z', 'may have a part of a minute'],
    ['20260301T093000Z', '2026-03-01T09:30:00.000Z', 'may leave out hyphens and colons'],
    ['20260301', '2026-03-01T00:00:00.000Z', 'that is a date without hyphens begins the day'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z', 'that is a date begins the day in UTC'],
    ['2026-060', '2026-03-01T00:00:00.000Z', 'may be a day of the year'],
    ['2026060T12', '2026-03-01T12:00:00.000Z', 'may be a day of the year without a hyphen'],
    ['2024-366T12:00', '2024-12-31T12:00:00.000Z', 'may be the last day of a leap year'],
    ['2026-W09-7', '2026-03-01T00:00:00.000Z', 'may be a day of a week'],
    ['2020W537', '2021-01-03T00:00:00.000Z', 'may be in a week that reaches into another year'],
    ['2026-W01-1', '2025-12-29T00:00:00.000Z', 'may be in a week that begins in another year'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z', 'may be a leap day'],
    ['2026-03-01T24:00:00Z', '2026-03-02T00:00:00.000Z', 'may be the end of a day'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z', 'may be a leap second'],
    ['2017-01-01T05:29:60.5+05:30', '2017-01-01T00:00:00.500Z', 'may be a leap second elsewhere'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z', 'may lie in the first year'],
    ['0050-06-01T00:00:00', '0050-06-01T00:00:00.000Z', 'may lie in the first century'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z', 'may lie in the last year'],
  ])('%j is written %s: what %s', (given, expected) => {
    expect(toInstant(given)).toBe(expected);
  });

  test('may have a fraction of any length', () => {
    expect(toInstant(`2026-03-01T09:00:00.${'9'.repeat(400)}Z`)).toBe('2026-03-01T09:00:00.999Z');
  });

  test('may be seconds since 1970', () => {
    expect(toInstant(1_772_355_600)).toBe('2026-03-01T09:00:00.000Z');
    expect(toInstant(100_000_000)).toBe('1973-03-03T09:46:40.000Z');
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
    'on 2026-03-01',
    '2026-03-01 or so',
    '',
    '2026',
    '2026-03',
    '2026-13-01',
    '2026-00-01',
    '2026-02-30',
    '2026-02-30T10:00:00.000Z',
    '2026-02-29',
    '2026-04-31T10:00:00.000Z',
    '2026-0301',
    '2026-03-015',
    '12026-03-01',
    '2026-366',
    '12026-060',
    '2026-0600',
    '12026-W09-7',
    '2026-W09-71',
    '2026-12-W01-1',
    '2026-000',
    '2026-W00-1',
    '2026-W54-1',
    '2025-W53-1',
    '2026-W09-8',
    '2026-W09',
    '2026-03-01T25:00:00Z',
    '2026-03-01T24:00:01Z',
    '2026-03-01T24:00:00.1Z',
    '2026-03-01T09:60:00Z',
    '2026-03-01T09:00:61Z',
    '2026-03-01T09:00:60Z',
    '2026-03-01T09:0000Z',
    '2026-03-01T09:00:00+24:00',
    '2026-03-01T09:00:00+02:60',
    '2026-03-01T09:00:00 CET',
    '2026-03-01Z',
    '0000-12-31T23:59:59Z',
    '0000-12-31T23:59:59.000Z',
    '0001-01-01T00:00:00+05:00',
    '9999-12-31T23:00:00-05:00',
    '9999-12-31T24:00:00Z',
    '9999-W52-7',
    '+010000-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    // Milliseconds, a part of a second, and what is more likely a count of something.
    1_772_355_600_000,
    1_772_355_600.5,
    20_260_301,
    99_999_999,
    0,
    -1,
    true,
    null,
    undefined,
    {},
    ['2026-03-01'],
  ])('%j is none', (given) => {
    expect(toInstant(given)).toBeNull();
  });

  law.prop([anyMoment])('is the same moment after it was written', (moment) => {
    const instant = toInstant(moment) ?? '';
    expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Date.parse(instant)).toBe(Date.parse(moment));
    expect(toInstant(instant)).toBe(instant);
  });

  law.prop([
    fc.integer({ min: 1, max: 9999 }),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
  ])('is on a day that there is', (year, month, day) => {
    const [y, m, d] = [String(year).padStart(4, '0'), pad(month), pad(day)];
    const rolled = new Date(0);
    rolled.setUTCFullYear(year, month - 1, day);
    const isThere = rolled.getUTCMonth() === month - 1 && rolled.getUTCDate() === day;
    for (const text of [`${y}-${m}-${d}T10:00:00.000Z`, `${y}${m}${d}T1000`]) {
      expect(toInstant(text)).toBe(isThere ? `${y}-${m}-${d}T10:00:00.000Z` : null);
    }
  });

  law.prop([fc.date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2200-01-01') })])(
    'is the same by its week and by its place in the year',
    (date) => {
      const midnight = new Date(date.toISOString().slice(0, 10));
      const year = midnight.getUTCFullYear();
      const place = Math.round((midnight.getTime() - Date.UTC(year, 0, 1)) / 86_400_000) + 1;
      expect(toInstant(`${year}-${String(place).padStart(3, '0')}`)).toBe(midnight.toISOString());
      // Counted up from a Monday that is known to begin a year of weeks.
      const days = Math.round((midnight.getTime() - Date.UTC(1899, 0, 2)) / 86_400_000);
      const weekday = (days % 7) + 1;
      const thursday = new Date(midnight.getTime() + (4 - weekday) * 86_400_000);
      const ofYear = thursday.getUTCFullYear();
      const week = Math.floor((thursday.getTime() - Date.UTC(ofYear, 0, 1)) / 86_400_000 / 7) + 1;
      expect(toInstant(`${ofYear}-W${pad(week)}-${weekday}`)).toBe(midnight.toISOString());
    },
  );

  law.prop([fc.anything()])('is never anything but a moment, or null', (value) => {
    const instant = toInstant(value);
    if (instant !== null) expect(new Date(instant).toISOString()).toBe(instant);
  });
});

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
