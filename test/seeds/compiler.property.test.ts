import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { stringify } from 'yaml';
import { editDistance, nearest } from '../../seeds/nearest.ts';
import { defaultAnchor, InvalidScenario, resourceNames, scenarios } from '../../seeds/index.ts';
import { tryScenario } from './try-scenario.ts';

const options = { seed: 'laws', anchor: defaultAnchor };

const crowded = tryScenario(
  `purpose: a crowd, and a note whose text is made up
extends: team
parameters: { crowd: { type: integer, default: 1 } }
records:
  candidates: [{ as: person, count: '\${crowd}' }]
  notes: [{ candidate_id: person-1 }]`,
  'crowded.yaml',
);

describe('a scenario', () => {
  test.prop([fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 6 })], { numRuns: 20 })(
    'that gets more records leaves those before them, and all others, as they are',
    (few, more) => {
      const [small, large] = [few, few + more].map(
        (crowd) => crowded.build({ ...options, parameters: { crowd } }).records,
      );
      expect(large?.candidates.slice(0, few)).toEqual(small?.candidates);
      expect(large?.notes).toEqual(small?.notes);
      expect(large?.users).toEqual(small?.users);
    },
  );

  test.prop([fc.constantFrom(...scenarios.filter(({ name }) => !/page|large/.test(name)))], { numRuns: 15 })(
    'that only extends another is that other',
    (base) => {
      const child = tryScenario(`purpose: the same\nextends: ${base.name}`, 'child.yaml');
      const { records, labels, timeline, company } = base.build(options);
      expect(child.build(options)).toMatchObject({ records, labels, timeline, company });
    },
  );

  const nasty = fc.jsonValue({ maxDepth: 3 });
  const keyed = (keys: readonly string[]) =>
    fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string({ maxLength: 5 })), nasty, { maxKeys: 4 });
  const fields = ['as', 'count', 'id', 'name', 'email_addresses', 'candidate_id', 'created_at', 'stages'];
  const records = fc.dictionary(fc.constantFrom(...resourceNames), fc.array(keyed(fields), { maxLength: 2 }));
  const edits = fc.array(keyed(['at', 'after', 'do', 'resource', 'record', 'set', 'as', 'count']), {
    maxLength: 2,
  });
  const document = fc.oneof(
    nasty,
    keyed([
      'purpose',
      'extends',
      'rules',
      'parameters',
      'company',
      'records',
      'change',
      'delete',
      'timeline',
    ]),
    fc.record({ purpose: fc.constant('x'), records, timeline: edits }),
  );

  test.prop([document], { numRuns: 300 })(
    'is either built or refused with places, whatever it says',
    (value) => {
      let refusal: unknown;
      try {
        tryScenario(stringify(value), 'x.yaml');
      } catch (error) {
        refusal = error;
      }
      if (refusal === undefined) return;
      expect(refusal).toBeInstanceOf(InvalidScenario);
      for (const problem of refusal instanceof InvalidScenario ? refusal.problems : []) {
        expect(problem).toMatch(/^x\.yaml:\d+:\d+: \S/);
      }
    },
  );

  test.prop([fc.string()], { numRuns: 200 })('is either built or refused, whatever its text is', (text) => {
    expect(() => tryScenario(text, 'x.yaml')).toThrow(InvalidScenario);
  });
});

describe('the nearest word', () => {
  const word = fc.stringMatching(/^[a-z_]{4,12}$/);

  test.prop([word, word])('is as far from one side as from the other', (one, other) => {
    expect(editDistance(one, other)).toBe(editDistance(other, one));
    expect(editDistance(one, one)).toBe(0);
  });

  test.prop([word, fc.nat()])(
    'is found with one letter missing, doubled or swapped with its neighbour',
    (right, at) => {
      const index = at % (right.length - 1);
      const missing = right.slice(0, index) + right.slice(index + 1);
      const doubled = right.slice(0, index) + right.charAt(index) + right.slice(index);
      const swapped =
        right.slice(0, index) + right.charAt(index + 1) + right.charAt(index) + right.slice(index + 2);
      for (const wrong of [missing, doubled, swapped])
        expect(nearest(wrong, ['0123456789', right])).toBe(right);
    },
  );

  test.prop([word])('is none where nothing is near', (wrong) => {
    expect(nearest(wrong, ['0123456789', '9876'])).toBeUndefined();
  });
});
