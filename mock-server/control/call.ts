// What a call of the control API takes and gives, and who carries it.
import type * as calls from '../../contracts/calls.ts';
import type { ControlOperations } from '../../contracts/control.ts';
import { controlDescription } from '../../contracts/control.ts';
import type { Operation } from '../../contracts/description.ts';
import type { Problem } from '../problems/explain.ts';

/** The id of an operation of the control API that is over once it is answered. */
export type ControlOperationId = Exclude<keyof ControlOperations, 'streamEvents' | 'streamWorldEvents'>;

/** Calls one operation; the server checks its answers. */
export type ControlCall = <Id extends ControlOperationId>(
  operation: Id,
  ...options: CallArguments<Id>
) => Promise<AnswerOf<Id>>;

/** What an operation needs: its path parameters, its query and its body, as far as it has them. */
export type CallOptions<Id extends ControlOperationId> = calls.CallOptions<ControlOperations[Id]>;

export type CallArguments<Id extends ControlOperationId> = calls.CallArguments<ControlOperations[Id]>;

/** The body of an operation's success; undefined where it has none. */
export type AnswerOf<Id extends ControlOperationId> = calls.AnswerOf<ControlOperations[Id], 200 | 201 | 204>;

/** Carries a call to where it is answered. @throws ControlRefused */
export type Transport = (operation: Operation, call: calls.AnyCall) => Promise<unknown>;

/** The server refused what was asked for. */
export class ControlRefused extends Error {
  override name = 'ControlRefused';
  readonly status: number;
  readonly problems: readonly Problem[];

  constructor(operation: string, status: number, body: unknown) {
    const { message, problems = [] } = isProblem(body) ? body : { message: 'no JSON' };
    const details = problems.map((problem) => `\n  ${problem.path}: ${problem.message}`);
    super(`${operation} was refused with ${status}: ${message}${details.join('')}`);
    this.status = status;
    this.problems = problems;
  }
}

/** Gives a transport the description's types. */
export function createCall(transport: Transport): ControlCall {
  return async <Id extends ControlOperationId>(id: Id, ...options: CallArguments<Id>) => {
    const operation = controlDescription.operations.get(id);
    if (!operation) throw new Error(`the control API has no operation ${id}`);
    const [given]: readonly unknown[] = options;
    // Both ends read the same description, and the server holds its answers to it.
    return (await transport(operation, isCall(given) ? given : {})) as AnswerOf<Id>;
  };
}

function isCall(value: unknown): value is calls.AnyCall {
  return typeof value === 'object' && value !== null;
}

function isProblem(body: unknown): body is { message: string; problems?: Problem[] } {
  return typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string';
}
