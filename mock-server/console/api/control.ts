import { control } from 'virtual:operations';
import type { AnswerOf, CallArguments } from '../../../contracts/calls.ts';
import type { components, operations } from '../../../contracts/generated/control.ts';
import { call, type CallParts } from './call.ts';

export type Control = components['schemas'];

/**
 * Calls an operation of the control API, with the types of its description.
 *
 * @throws Refused
 */
export const ask = askUntil();

/** {@link ask} for an answer that nobody waits for any more once the signal is given. */
export function askUntil(signal?: AbortSignal) {
  return async <Id extends keyof operations>(
    id: Id,
    ...options: CallArguments<operations[Id]>
  ): Promise<AnswerOf<operations[Id], 200 | 201 | 204>> => {
    const [method, path] = control[id] ?? ['GET', '/'];
    const [given = {}]: readonly (object | undefined)[] = options;
    const parts = { ...given, ...(signal && { signal }) } as CallParts;
    return (await call(method, path, parts)) as AnswerOf<operations[Id], 200 | 201 | 204>;
  };
}
