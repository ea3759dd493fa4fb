// What is done step by step comes to the same as what is done at once, and no step is long.
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { jsonInSteps } from '../../../mock-server/machine/json-in-steps.ts';
import { sortInSteps } from '../../../mock-server/store/sort-in-steps.ts';
import { Store } from '../../../mock-server/store/store.ts';
import { defaultAnchor, findScenario } from '../../../seeds/index.ts';

test.prop([fc.array(fc.tuple(fc.nat(20), fc.nat()), { maxLength: 3000, size: 'max' })], { numRuns: 20 })(
  'a list is sorted as at once, and what compares as equal stays in order',
  (items) => {
    const compare = ([one]: [number, number], [other]: [number, number]) => one - other;
    const { result, steps } = take(sortInSteps(items, compare));
    expect(result).toEqual(items.toSorted(compare));
    expect(steps).toBeGreaterThanOrEqual(Math.floor(items.length / 512));
  },
);

test.prop([fc.jsonValue()])('the JSON of a value is the same in pieces', (value) => {
  expect([...jsonInSteps(value)].join('')).toBe(JSON.stringify(value));
});

test.prop([
  fc.dictionary(fc.string(), fc.option(fc.string(), { nil: undefined })),
  fc.array(fc.constantFrom('a', undefined)),
])('what is undefined is left out of JSON, and null in a list', (object, list) => {
  const value = { object, list, date: new Date(0) };
  expect([...jsonInSteps(value)].join('')).toBe(JSON.stringify(value));
});

test('a store is built and listed in many steps, and holds what it holds', () => {
  const { records } = findScenario('large').build({
    seed: 'steps',
    anchor: defaultAnchor,
    parameters: { candidates: 1000 },
  });
  const { result: store, steps } = take(Store.inSteps(records));
  // Each of them looks at some hundred records of one resource, for one index.
  expect(steps).toBeGreaterThan(50);
  const listed = take(store.recordsInSteps());
  expect(listed.steps).toBeGreaterThan(8);
  expect(listed.result).toEqual(Store.of(records).records());
});

/** Takes all steps of some work, and counts them. */
function take<Result>(work: Generator<undefined, Result>): { result: Result; steps: number } {
  for (let steps = 0; ; steps += 1) {
    const step = work.next();
    if (step.done === true) return { result: step.value, steps };
  }
}
