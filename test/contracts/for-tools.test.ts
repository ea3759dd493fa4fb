// What tools of other people read: three documents, held to what trips such tools up. `DEEP=1` runs the tools themselves
// (`test/contracts/clients.test.ts`).
import { describe, expect, test } from 'vitest';
import { controlDescription } from '../../contracts/control.ts';
import { forTools } from '../../contracts/for-tools.ts';
import { gemDescription } from '../../contracts/gem.ts';
import { unifiedDescription } from '../../contracts/unified.ts';
import { startGem } from '../support/gem.ts';

describe.each([gemDescription, unifiedDescription, controlDescription])('the $name description', (one) => {
  const document = forTools(one.document) as Served;
  const nodes = [...nodesOf(document, '')];

  test('tells the type of all words, and no null among them', () => {
    const words = nodes.filter(([, node]) => Array.isArray(node['enum']) || 'const' in node);
    expect(words.length).toBeGreaterThan(10);
    const wrong = words.filter(
      ([, { type, enum: values = [] }]) => !type || (values as unknown[]).includes(null),
    );
    expect(wrong.map(([path]) => path)).toEqual([]);
  });

  test('refers to components only, never into one', () => {
    const references = nodes.flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.filter((path) => !/^#\/components\/\w+\/[\w.-]+$/.test(path))).toEqual([]);
  });

  test('names every operation once, also those that it sends', () => {
    const operations = [...Object.values(document.paths), ...Object.values(document.webhooks ?? {})].flatMap(
      (item) => Object.entries(item).filter(([method]) => /^(get|post|put|patch|delete)$/.test(method)),
    );
    const names = operations.map(([, { operationId }]) => operationId);
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(names.length);
  });

  test('requires only what it describes', () => {
    const wrong = nodes.flatMap(([path, { required, properties = {} }]) =>
      Array.isArray(required)
        ? required
            .filter((name) => !Object.hasOwn(properties as object, String(name)))
            .map((name) => `${path} ${name}`)
        : [],
    );
    expect(wrong).toEqual([]);
  });

  test('names no schema as something that every program has', () => {
    const names = Object.keys(document.components.schemas);
    expect(names.filter((name) => name in globalThis)).toEqual([]);
  });

  test('tells both forms of a path that ends in a slash, and they differ in their names alone', () => {
    for (const [path, item] of Object.entries(document.paths).filter(([path]) => path.endsWith('/'))) {
      for (const [method, operation] of Object.entries(item)) {
        const { operationId, 'x-same-as': same, ...twin } = document.paths[path.slice(0, -1)]?.[method] ?? {};
        expect({ ...twin, operationId: same }).toEqual(operation);
        expect(operationId).not.toBe(same);
      }
    }
  });
});

test('what is served is made for tools', async () => {
  const { url } = await startGem();
  const gem = (await (await fetch(`${url}/openapi.json`)).json()) as Served;
  expect(gem).toEqual(forTools(gemDescription.document));
  expect(Object.keys(gem.paths)).toEqual(expect.arrayContaining(['/ats/v0/jobs/', '/ats/v0/jobs']));
  expect(gem.components.schemas['LocationType']).toMatchObject({
    anyOf: [{ type: 'string' }, { type: 'null' }],
  });
  const control: unknown = await (await fetch(`${url}/_control/openapi.json`)).json();
  expect(control).toEqual(forTools(controlDescription.document));
});

type Node = Record<string, unknown>;

interface Served {
  paths: Record<string, Record<string, Node>>;
  webhooks?: Record<string, Record<string, Node>>;
  components: { schemas: Record<string, Node> };
}

/** Every object of a document with its place, but for examples of what is sent. */
function* nodesOf(value: unknown, path: string): Generator<[string, Node]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value) && !path.endsWith('/properties')) yield [path, value as Node];
  for (const [key, child] of Object.entries(value)) {
    if (path.endsWith('/properties') || !/^(examples?|default|enum|const|x-.*)$/.test(key)) {
      yield* nodesOf(child, `${path}/${key}`);
    }
  }
}
