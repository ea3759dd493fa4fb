import { expect, test } from 'vitest';
import { promises } from '../../../contracts/harness/gem/promises/index.ts';
import { nodeAt } from '../../../contracts/drift/document.ts';
import { listGemPromises } from '../../../contracts/harness/gem/verify-gem.ts';

test('there are many, and their names differ', () => {
  expect(promises.length).toBeGreaterThan(100);
  const names = listGemPromises().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test.each(promises)(
  '$name says what is promised, in one sentence, and where that comes from',
  ({ name, promise }) => {
    const { statement, evidence, place } = promise;
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(statement).not.toMatch(/\.$|^[a-z]*[.] /);
    expect(evidence.source).toMatch(/gem-ats-api §/);
    expect(place === undefined || nodeAt(place)?.['x-evidence']).toBeTruthy();
  },
);
