import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { wrongOnes } from '../../../contracts/harness/rule.ts';
import applicationSource from '../../../contracts/rules/applications/application-source.ts';
import rule from '../../../contracts/rules/applications/initial-source.ts';
import { initialSource } from '../../../connector/policy/initial-source.ts';
import { application, candidate } from '../../support/arbitraries/people.ts';
import { nothing } from '../../support/gem-records.ts';
import { unifiedApplication, unifiedCandidate } from '../../support/unified.ts';

test.prop([candidate])("a candidate's source contradicts no rule", (gem) => {
  expect(wrongOnes(rule.judge({ gem, unified: unifiedCandidate(gem), all: nothing }))).toEqual([]);
});

test.prop([fc.array(application), fc.infiniteStream(fc.nat())])(
  'the order in which Gem lists applications means nothing',
  (applications, chance) => {
    const shuffled = applications
      .map((one) => ({ one, place: chance.next().value }))
      .toSorted((left, right) => left.place - right.place)
      .map(({ one }) => one);
    const distinct = new Set(applications.map(({ id }) => id)).size === applications.length;
    fc.pre(distinct);
    expect(initialSource(shuffled)).toBe(initialSource(applications));
  },
);

test.prop([fc.array(application, { minLength: 1 }), application])(
  'a later application never changes the source',
  (applications, later) => {
    const last = Math.max(...applications.map(({ applied_at }) => Date.parse(applied_at)));
    const added = { ...later, applied_at: new Date(last + 1000).toISOString() };
    expect(initialSource([...applications, added])).toBe(initialSource(applications));
  },
);

test('a candidate whose applications Gem left out has no source', () => {
  expect(initialSource([])).toBeNull();
});

test.prop([application])('each application carries its own source', (gem) => {
  expect(wrongOnes(applicationSource.judge({ gem, unified: unifiedApplication(gem), all: nothing }))).toEqual(
    [],
  );
});
