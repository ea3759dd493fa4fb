import { fc, test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { countryOf, readCountryCodes } from '../../../connector/policy/jobs.ts';

test.each([
  ['Germany', 'DE'],
  ['Paris, France', 'FR'],
  ['12 High Street, London, United Kingdom', 'GB'],
  ['Zagreb,Croatia', 'HR'],
  ['  japan  ', 'JP'],
  ['Zürich, SWITZERLAND', 'CH'],
  ['Kabul, Afghanistan', 'AF'],
  ['Harare, Zimbabwe', 'ZW'],
])('%j lies in %s', (address, code) => {
  expect(countryOf(address)).toBe(code);
});

describe('a country is not guessed', () => {
  test.each([
    '',
    'France, Paris',
    'France (remote)',
    'FR',
    'Springfield, New Jersey',
    // A state has the same name, and is meant more often.
    'Atlanta, Georgia',
    'Remote',
  ])('from %j', (address) => {
    expect(countryOf(address)).toBeNull();
  });
});

describe('the countries that are known', () => {
  const names = new Intl.DisplayNames('en', { type: 'region' });

  test('are those of ISO 3166, in small letters', () => {
    const codes = readCountryCodes();
    expect(codes.size).toBeGreaterThan(240);
    for (const [name, code] of codes) expect(names.of(code)?.toLowerCase()).toBe(name);
    for (const code of ['AF', 'DE', 'FR', 'GB', 'US', 'ZW']) expect([...codes.values()]).toContain(code);
  });

  // They have a code and a name, and are unions, regions, parts of a country or no places at all.
  test.each(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'GE', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ'])(
    'do not have %s among them',
    (code) => {
      expect([...readCountryCodes().values()]).not.toContain(code);
    },
  );

  test.each(['UK', 'DD', 'SU', 'YU', 'BU', 'FX', 'TP', 'ZR', 'RH'])(
    'have the code that replaced %s',
    (retired) => {
      const current = new Intl.Locale(`und-${retired}`).region;
      expect(readCountryCodes().get(names.of(retired)?.toLowerCase() ?? '')).toBe(current);
    },
  );
});

law.prop([fc.string(), fc.constantFrom('Spain', 'Brazil', 'South Korea')])(
  'only what follows the last comma counts',
  (before, country) => {
    expect(countryOf(`${before},${country}`)).toBe(countryOf(country));
    expect(countryOf(`${country},${before.replaceAll(',', '')}`)).toBe(countryOf(before.replaceAll(',', '')));
  },
);
