import { gemDescription } from '../../gem.ts';
import type { Operation } from '../../description.ts';
import { isNode, nodeAt, referenceOf, type DocumentNode, below } from '../../drift/document.ts';
import type { Person } from './people.ts';
import type { Call, Caller } from './caller.ts';
import { Unexpected } from './outcome.ts';

/** A write with a JSON body, and the path of a made-up person. */
export interface WriteWithBody {
  operation: Operation;
  path: Record<string, string>;
  required: readonly string[];
  /** Where a field of the body is described. */
  placeOf(field: string): string;
}

/** Writes whose wrong bodies can do no harm: they only change made-up people. */
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

/**
 * Makes a write that has to succeed.
 *
 * @returns the body as the description types it; the promises about its form say where it is not
 * @throws Unexpected when the status is another
 */
export async function write<Body>(
  caller: Caller,
  operation: string,
  status: number,
  call: Call,
): Promise<Body> {
  const answer = await caller.call(operation, call);
  if (answer.status !== status) {
    // An unknown path means that the call itself was a wrong guess.
    const isUnknown = answer.status === 405 || answer.status === 404;
    throw new Unexpected(operation, status, answer.status, isUnknown ? placeOf(operation) : undefined);
  }
  return answer.body as Body;
}

function placeOf(id: string): string | undefined {
  const operation = gemDescription.operations.get(id);
  return operation && below('/paths', operation.path, operation.method);
}
