import { gemDescription } from '../../gem.ts';
import type { Operation } from '../../description.ts';
import { isNode, nodeAt, referenceOf, type DocumentNode } from './document.ts';
import type { Person } from './people.ts';

/** A write that wants a JSON body, with the path of somebody made up. */
export interface WriteWithBody {
  operation: Operation;
  path: Record<string, string>;
  required: readonly string[];
  /** Where a field of the body is described. */
  placeOf(field: string): string;
}

/** The writes of which a wrong body can do no harm: whatever they would change belongs to a made-up person. */
export function writesWithBody({ candidateId, applicationId }: Person): WriteWithBody[] {
  const values: Readonly<Record<string, string>> = {
    candidate_id: candidateId,
    application_id: applicationId,
  };
  return [...gemDescription.operations.values()].flatMap((operation) => {
    const { body, parameters } = operation;
    if (body?.contentType !== 'application/json' || operation.method === 'delete') return [];
    const names = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    if (names.some((name) => values[name] === undefined)) return [];
    const [schema, pointer] = follow(body.schemaPointer);
    const required = schema && Array.isArray(schema['required']) ? schema['required'].map(String) : [];
    const path = Object.fromEntries(names.map((name) => [name, values[name] ?? '']));
    return [{ operation, path, required, placeOf: (field) => `${pointer}/properties/${field}` }];
  });
}

function follow(pointer: string): [DocumentNode | undefined, string] {
  const node = nodeAt(pointer);
  const reference = node && isNode(node) ? referenceOf(node) : undefined;
  return reference === undefined ? [node, pointer] : follow(reference);
}
