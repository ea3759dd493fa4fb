import { fc } from '@fast-check/vitest';
import type { Operation } from '../../../contracts/description.ts';

/** Values that a careless or hostile client sends. */
const value = fc.oneof(
  fc.string(),
  fc.constantFrom('', '-1', '1e400', 'NaN', '__proto__', '2026-12-31T23:59:60Z', '0000-01-01', '%', '\u0000'),
  fc.integer().map(String),
);

/** A request that an operation may well have to refuse. */
export interface NastyRequest {
  operation: Operation;
  path: string;
  method: string;
  body: string | undefined;
}

/** Requests to any of these operations, with nonsense in every place. */
export function nastyRequest(operations: readonly Operation[]): fc.Arbitrary<NastyRequest> {
  return fc
    .tuple(fc.constantFrom(...operations), fc.array(value, { minLength: 4, maxLength: 4 }), fc.jsonValue())
    .map(([operation, values, body]) => {
      const query = new URLSearchParams(
        operation.parameters
          .filter((parameter) => parameter.in === 'query')
          .map(({ name }, index): [string, string] => [name, values[index % values.length] ?? '']),
      );
      const path = operation.path.replaceAll(/\{(\w+)\}/g, () => segmentOf(values[0]));
      return {
        operation,
        path: `${path}?${query}`,
        method: operation.method.toUpperCase(),
        body: operation.method === 'get' ? undefined : JSON.stringify(body),
      };
    });
}

/** A client leaves out what is empty, and follows dots, before it sends a path: such a one would ask for another operation. */
function segmentOf(text: string | undefined): string {
  return text === undefined || /^\.{0,2}$/.test(text) ? 'x' : encodeURIComponent(text);
}
