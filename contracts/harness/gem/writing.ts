import { gemDescription } from '../../gem.ts';
import type { Call, Caller } from './caller.ts';
import { below } from './document.ts';
import { Unexpected } from './outcome.ts';

/**
 * Writes something that has to come out.
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
    // Where nobody knows the path, the call itself was a wrong guess.
    const isUnknown = answer.status === 405 || answer.status === 404;
    throw new Unexpected(operation, status, answer.status, isUnknown ? placeOf(operation) : undefined);
  }
  return answer.body as Body;
}

function placeOf(id: string): string | undefined {
  const operation = gemDescription.operations.get(id);
  return operation && below('/paths', operation.path, operation.method);
}
