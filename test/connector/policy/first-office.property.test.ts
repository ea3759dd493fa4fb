import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { wrongOnes } from '../../../contracts/harness/rule.ts';
import rule from '../../../contracts/rules/jobs/first-office.ts';
import { firstOffice } from '../../../connector/policy/jobs.ts';
import { job, office } from '../../support/arbitraries/jobs.ts';
import { nothing } from '../../support/gem-records.ts';
import { unifiedJob } from '../../support/unified.ts';

test.prop([job])("a job's location contradicts no rule", (gem) => {
  expect(wrongOnes(rule.judge({ gem, unified: unifiedJob(gem), all: nothing }))).toEqual([]);
});

test.prop([office, fc.array(office), fc.array(office)])(
  'offices after the first change nothing',
  (first, rest, otherRest) => {
    expect(firstOffice([first, ...rest])).toEqual(firstOffice([first, ...otherRest]));
  },
);

test.prop([fc.array(office)])('there is a location just when there is an office', (offices) => {
  expect(firstOffice(offices) === null).toBe(offices.length === 0);
});

test.prop([office])('the text of the place is kept letter by letter', (only) => {
  const raw = firstOffice([only])?.raw ?? '';
  expect([only.location.name, only.name, '']).toContain(raw);
});

describe('the country', () => {
  it.each([
    ['Paris, France', 'FR'],
    ['London, United Kingdom', 'GB'],
    ['germany', 'DE'],
    ['Springfield, New Jersey', null],
    // The name of a country, and of a state that is meant more often.
    ['Atlanta, Georgia', null],
    ['European Union', null],
    ['France (remote)', null],
  ])('of "%s" is %s', (name, country) => {
    const [only] = fc.sample(office, 1);
    expect(only && firstOffice([{ ...only, location: { name } }])?.country).toBe(country);
  });
});
