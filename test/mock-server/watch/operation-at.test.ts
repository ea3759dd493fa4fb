// Which operation a request is meant for, by its method and path alone.
import { expect, test } from 'vitest';
import { gemDescription } from '../../../contracts/gem.ts';
import { operationAt, shapeOfPath } from '../../../contracts/harness/gem/watch/operation-at.ts';

const operations = [...gemDescription.operations.values()];

test('each operation is found at its own path, with what stands there for its parameters', () => {
  for (const operation of operations) {
    const names = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name);
    const values = Object.fromEntries(names.map((name, index) => [name, `a-${index}`]));
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '');
    for (const one of [path, path.replace(/\/$/, ''), `${path.replace(/\/$/, '')}/`]) {
      const found = operationAt(operation.method.toUpperCase(), one);
      expect(found?.operation.id, one).toBe(operation.id);
      expect(found?.path).toEqual(values);
    }
  }
});

test('another method, and more behind the path, is meant for none', () => {
  expect(operationAt('TRACE', '/ats/v0/jobs/')).toBeUndefined();
  expect(operationAt('GET', '/ats/v0/jobs/a/b/c')).toBeUndefined();
});

test('of a path that no operation has, only the words of other paths are shown', () => {
  expect(shapeOfPath('/ats/v0/candidates/Ada-Lovelace/salary/')).toBe('/ats/v0/candidates/…/…/');
});
