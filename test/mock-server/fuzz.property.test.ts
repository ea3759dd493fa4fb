// Every operation of both APIs with requests that are nearly right: ids that lead somewhere, bodies of the right form,
// and one thing wrong. Nonsense is in hostile-input.test.ts.
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { controlDescription } from '../../contracts/control.ts';
import type { Description, Operation } from '../../contracts/description.ts';
import { gemDescription } from '../../contracts/gem.ts';
import { startMockGem, type MockGem } from '../../mock-server/server.ts';
import { findScenario, resourceNames, defaultAnchor } from '../../seeds/index.ts';
import { FromSchema } from '../support/arbitraries/from-schema.ts';

// One emulator for everything: it has to survive it all.
let gem: MockGem;
const defects: unknown[] = [];
beforeAll(async () => {
  gem = await startMockGem({
    port: 0,
    checkAnswers: true,
    switches: { rate_limit: 'off' },
    report: (defect) => defects.push(defect),
  });
});
afterAll(async () => {
  await gem.close();
  expect(defects).toEqual([]);
});

const { records, labels } = findScenario('default').build({ seed: 'mock-gem', anchor: defaultAnchor });
const ids = resourceNames.flatMap((name) => records[name].slice(0, 4).map(({ id }) => id));
const names = [...ids, ...Object.keys(labels).slice(0, 20), ...resourceNames, 'default', 'halden-robotics'];
const runs = Number(process.env['DEEP_RUNS'] ?? 12);

describe.each([
  ['Gem', gemDescription],
  ['the control API', controlDescription],
] as const)('%s', (_name, description) => {
  for (const operation of description.operations.values()) {
    test.prop([requestTo(description, operation)], { numRuns: runs })(
      `answers whatever is nearly a call of ${operation.id}`,
      async ({ path, body, checking }) => {
        gem.world.choose({ checking });
        const response = await fetch(`${gem.url}${path}`, {
          method: operation.method.toUpperCase(),
          headers: {
            'X-API-Key': gem.apiKey,
            ...(body !== undefined && { 'Content-Type': 'application/json' }),
          },
          ...(body !== undefined && { body }),
        });
        expect(response.status, await response.text()).toBeLessThan(500);
      },
    );
  }
});

interface Call {
  path: string;
  body: string | undefined;
  checking: 'strict' | 'lenient';
}

function requestTo(description: Description, operation: Operation): fc.Arbitrary<Call> {
  const schemas = new FromSchema(description.document, names);
  const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, fc.string({ minLength: 1 }));
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name: parameter, schema }) =>
      fc.option(schemas.value(schema)).map((value) => [parameter, value] as const),
    );
  const isJson = operation.body?.contentType === 'application/json';
  return fc.record({
    path: fc
      .tuple(fc.array(name, { minLength: 3, maxLength: 3 }), fc.tuple(...query))
      .map(([parts, parameters]) => {
        const left = [...parts];
        const path = operation.path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(left.pop() ?? 'x'));
        const search = new URLSearchParams();
        for (const [key, value] of parameters)
          if (value !== null) search.append(key, typeof value === 'string' ? value : JSON.stringify(value));
        return `${path}?${search}`;
      }),
    body:
      isJson && operation.body
        ? schemas.at(operation.body.schemaPointer).map((body) => JSON.stringify(body))
        : fc.constant(undefined),
    checking: fc.constantFrom('strict', 'lenient'),
  });
}
