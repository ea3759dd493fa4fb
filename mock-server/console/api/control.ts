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
export async function ask<Id extends keyof operations>(
  id: Id,
  ...options: CallArguments<operations[Id]>
): Promise<AnswerOf<operations[Id], 200 | 201 | 204>> {
  const [method, path] = control[id] ?? ['GET', '/'];
  const [parts]: readonly unknown[] = options;
  return (await call(method, path, (parts ?? {}) as CallParts)) as AnswerOf<operations[Id], 200 | 201 | 204>;
}
