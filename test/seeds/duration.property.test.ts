import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { parseDuration, readMoment } from '../../seeds/times.ts';

const units = [
  ['second', 'S', 1000],
  ['minute', 'M', 60_000],
  ['hour', 'H', 3_600_000],
] as const;

const count = fc.integer({ min: 0, max: 100_000 });
const part = fc.tuple(count, fc.constantFrom(...units));

describe('a length of time', () => {
  test.prop([part])('is as many units as its number says, one or several', ([number, [word, , unit]]) => {
    expect(parseDuration(`${number} ${word}`)).toBe(number * unit);
    expect(parseDuration(`${number} ${word}s`)).toBe(number * unit);
    expect(parseDuration(` ${number}${word}s `)).toBe(number * unit);
  });

  test.prop([part])('means the same in ISO 8601', ([number, [word, letter]]) => {
    expect(parseDuration(`PT${number}${letter}`)).toBe(parseDuration(`${number} ${word}s`));
  });

  test.prop([fc.array(part, { minLength: 1, maxLength: 4 })])('is the sum of its parts', (parts) => {
    const words = parts.map(([number, [word]]) => `${number} ${word}s`);
    const sum = parts.reduce((total, [number, [, , unit]]) => total + number * unit, 0);
    expect(parseDuration(words.join(' '))).toBe(sum);
    expect(parseDuration(words.join(', '))).toBe(sum);
  });

  test.prop([fc.string()])('is a whole number of milliseconds, or refused in one line', (text) => {
    let outcome: unknown;
    try {
      outcome = parseDuration(text);
    } catch (error) {
      outcome = error instanceof Error ? error.message : error;
    }
    if (typeof outcome === 'string') expect(outcome).toContain('is no length of time; write it like');
    else expect(Number.isSafeInteger(outcome)).toBe(true);
  });

  test.each([
    ['90 seconds', 90_000],
    ['3 hours', 10_800_000],
    ['2 days', 172_800_000],
    ['1 week', 604_800_000],
    ['1.5 hours', 5_400_000],
    ['1 day 12 hours', 129_600_000],
    ['P1DT2H', 93_600_000],
    ['P2W', 1_209_600_000],
    ['PT0.5S', 500],
  ])('%s is %i milliseconds', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each([
    '',
    '5',
    'days',
    '2 dais',
    '1 month',
    'P1M',
    'P',
    'PT',
    'P1DT',
    '-1 day',
    '1e400 days',
    '9'.repeat(20) + ' days',
  ])('%j is none', (text) => {
    expect(() => parseDuration(text)).toThrow(/is no length of time/);
  });
});

describe('a moment', () => {
  const now = Date.parse('2026-11-16T09:00:00.000Z');

  test.prop([part])('lies as far behind as ahead, told from now', ([number, [word]]) => {
    const behind = Date.parse(readMoment(`${number} ${word}s ago`, now) ?? '');
    const ahead = Date.parse(readMoment(`in ${number} ${word}s`, now) ?? '');
    expect(now - behind).toBe(ahead - now);
  });

  test.prop([fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })])(
    'may be any instant, which stays itself',
    (date) => {
      expect(readMoment(date.toISOString(), now)).toBe(date.toISOString());
    },
  );

  test.each([
    ['now', '2026-11-16T09:00:00.000Z'],
    ['3 days ago', '2026-11-13T09:00:00.000Z'],
    ['in 2 hours', '2026-11-16T11:00:00.000Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T09:00:00+02:00', '2026-11-20T07:00:00.000Z'],
    ['yesterday', undefined],
    ['3 dais ago', undefined],
    ['in 100000000 weeks', undefined],
    ['2026-13-01', undefined],
    ['2026', undefined],
  ])('%s is %s', (text, instant) => {
    expect(readMoment(text, now)).toBe(instant);
  });
});
